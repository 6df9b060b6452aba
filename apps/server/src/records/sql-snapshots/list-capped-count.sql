-- with a capped count
-- $1 1 numbers
-- $2 "{\"user:viewer\",\"everyone\"}"
-- $3 "2026-03-02T10:00:00.000Z"
-- $4 1 numbers
-- $5 "things"
-- $6 "things"
-- $7 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::text[] as "a1", $3::timestamptz as "a2", $4::int[] as "a3" offset 0) as "v"
cross join lateral ( select (counted.n + rest.n)::bigint as total
from (select ((select coalesce(sum(n), 0)
from record_counts
where module = $5 and not confidential) + (select count(*)
from "r_things" as t
where t.deleted_at is null and t.confidential and t.owner_id = any("v"."a3")))::bigint as n offset 0) as counted
cross join lateral (select count(*) as n
from (select
from ( (select
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $6 and sh.grantee = any(array(select unnest("v"."a1"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a2"))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true)) and not (true and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))))) as one
limit greatest(10001 - counted.n, 0)) as one) as rest) as page) r on s.stamp = $7::bigint

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
--                             ->  Bitmap Heap Scan on record_counts
--                                   Recheck Cond: ((module = ?::text) AND (NOT confidential))
--                                   ->  Bitmap Index Scan on record_counts_of
--                                         Index Cond: ((module = ?::text) AND (confidential = false))
--                     InitPlan 2
--                       ->  Aggregate
--                             ->  Seq Scan on r_things t_1
--                                   Filter: ((deleted_at IS NULL) AND confidential AND (owner_id = ANY ((?::integer[]))))
--         ->  Aggregate
--               ->  Limit
--                     InitPlan 4
--                       ->  Seq Scan on shares sh
--                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 3).col1)))
--                             InitPlan 3
--                               ->  ProjectSet
--                                     ->  Result
--                     ->  Index Only Scan using "i_things$$shared" on r_things t
--                           Index Cond: (id = ANY ((InitPlan 4).col1))
--                           Filter: (confidential AND (owner_id <> ALL ((?::integer[]))))
