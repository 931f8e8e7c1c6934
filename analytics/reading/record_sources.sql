select source_id, publisher, title, published_on, page, note
from core.record_sources
order by source_id
