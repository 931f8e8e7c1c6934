select count(*) as rules from quality.rules
