-- a count and a sum by stage
-- $1 2 numbers
-- $2 1 numbers
-- $3 "things"
-- $4 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 a number
-- $8 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."f_stage" as "g0", count(*) as n, sum("t"."f_amount") as "m0"
from ( (select "t"."f_stage", "t"."f_amount"
from "r_things" as t
where t.deleted_at is null and ((t.bucket = any($1::int[]) and not ("t"."confidential" and not (("t"."bucket" = any($2::int[])) or false))) or (t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $3 and sh.grantee = any(array(select unnest($4::text[]))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > $5::timestamptz))) and not ("t"."confidential" and not (("t"."bucket" = any($6::int[])) or true)))))) as t group by 1
order by 1
limit $7) r on s.stamp = $8::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Limit
--         InitPlan 2
--           ->  Seq Scan on shares sh
--                 Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (module = ?::text) AND (grantee = ANY ((InitPlan 1).col1)))
--                 InitPlan 1
--                   ->  ProjectSet
--                         ->  Result
--         ->  Sort
--               Sort Key: t.f_stage
--               ->  HashAggregate
--                     Group Key: t.f_stage
--                     ->  Seq Scan on r_things t
--                           Filter: ((deleted_at IS NULL) AND (((bucket = ANY (?::integer[])) AND ((NOT confidential) OR (bucket = ANY (?::integer[])))) OR ((shares_count > 0) AND (id = ANY ((InitPlan 2).col1)))))
