-- with an exact count
-- $1 1 numbers
-- $2 2 numbers
-- $3 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
-- $4 "2026-03-02T10:00:00.000Z"
-- $5 1 numbers
-- $6 "things"
-- $7 "things"
-- $8 "things"
-- $9 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::text[] as "a2", $4::timestamptz as "a3", $5::int[] as "a4" offset 0) as "v"
cross join lateral ( select (counted.n + rest.n)::bigint as total
from (select ((select coalesce(sum(n), 0)
from record_counts
where module = $6 and bucket = any("v"."a1") and not confidential) + (select coalesce(sum(n), 0)
from record_counts
where module = $7 and bucket = any("v"."a4") and confidential))::bigint as n offset 0) as counted
cross join lateral (select count(*) as n
from (select
from ( (select
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $8 and sh.grantee = any(array(select unnest("v"."a2"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3"))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or true)) and not (("t"."bucket" = any("v"."a1")) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false))))) as one) as one) as rest) as page) r on s.stamp = $9::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop
--         ->  Nested Loop
--               ->  Result
--               ->  Result
--                     InitPlan 1
--                       ->  Aggregate
--                             ->  Index Only Scan using record_counts_of on record_counts
--                                   Index Cond: ((module = ?::text) AND (bucket = ANY ((?::integer[]))) AND (confidential = false))
--                     InitPlan 2
--                       ->  Aggregate
--                             ->  Index Only Scan using record_counts_of on record_counts record_counts_1
--                                   Index Cond: ((module = ?::text) AND (bucket = ANY ((?::integer[]))) AND (confidential = true))
--         ->  Aggregate
--               InitPlan 4
--                 ->  Seq Scan on shares sh
--                       Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 3).col1)))
--                       InitPlan 3
--                         ->  ProjectSet
--                               ->  Result
--               ->  Index Only Scan using "i_things$$shared" on r_things t
--                     Index Cond: (id = ANY ((InitPlan 4).col1))
--                     Filter: ((bucket <> ALL ((?::integer[]))) OR (confidential AND (bucket <> ALL ((?::integer[])))))
