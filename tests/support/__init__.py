"""What tests share: valid rows, a tiny warehouse, and slow twins of the SQL."""
