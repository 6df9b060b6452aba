-- the same of who reaches few records
-- $1 2 numbers
-- $2 1 numbers
-- $3 1 numbers
-- $4 1 numbers
-- $5 1 numbers
-- $6 1 numbers
-- $7 "things"
-- $8 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $9 "2026-03-02T10:00:00.000Z"
-- $10 1 numbers
-- $11 1 numbers
-- $12 2 numbers
-- $13 1 numbers
-- $14 1 numbers
-- $15 1 numbers
-- $16 a number
-- $17 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."f_stage" as "g0", count(*) as n, sum("t"."f_amount") as "m0"
from ( (select "t"."f_stage", "t"."f_amount"
from "r_things" as t
where t.deleted_at is null and t.bucket = any($1::int[]) and not ("t"."confidential" and not ((("t"."bucket" = any($2::int[])) or "t"."owner_id" = any($3::int[])) or false)))
union all (select "t"."f_stage", "t"."f_amount"
from "r_things" as t
where t.deleted_at is null and t.owner_id = any($4::int[]) and not ("t"."confidential" and not ((("t"."bucket" = any($5::int[])) or "t"."owner_id" = any($6::int[])) or false)))
union all (select "t"."f_stage", "t"."f_amount"
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $7 and sh.grantee = any(array(select unnest($8::text[]))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > $9::timestamptz))) and not ("t"."confidential" and not ((("t"."bucket" = any($10::int[])) or "t"."owner_id" = any($11::int[])) or true)) and not ((("t"."bucket" = any($12::int[])) or "t"."owner_id" = any($13::int[])) and not ("t"."confidential" and not ((("t"."bucket" = any($14::int[])) or "t"."owner_id" = any($15::int[])) or false))))) as t group by 1
order by 1
limit $16) r on s.stamp = $17::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Limit
--         ->  GroupAggregate
--               Group Key: t_1.f_stage
--               ->  Sort
--                     Sort Key: t_1.f_stage
--                     ->  Append
--                           ->  Bitmap Heap Scan on r_things t_1
--                                 Recheck Cond: ((bucket = ANY (?::integer[])) AND ((deleted_at IS NULL) OR (version < 1)))
--                                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[]))))
--                                 ->  Bitmap Index Scan on "qt_things$stage"
--                                       Index Cond: (bucket = ANY (?::integer[]))
--                           ->  Index Scan using "o_things$name" on r_things t_2
--                                 Index Cond: (owner_id = ANY (?::integer[]))
--                                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[]))))
--                           ->  Index Scan using "i_things$$shared" on r_things t_3
--                                 Index Cond: (id = ANY ((InitPlan 2).col1))
--                                 Filter: (((bucket <> ALL (?::integer[])) AND (owner_id <> ALL (?::integer[]))) OR (confidential AND (bucket <> ALL (?::integer[])) AND (owner_id <> ALL (?::integer[]))))
--                                 InitPlan 2
--                                   ->  Seq Scan on shares sh
--                                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (module = ?::text) AND (grantee = ANY ((InitPlan 1).col1)))
--                                         InitPlan 1
--                                           ->  ProjectSet
--                                                 ->  Result
