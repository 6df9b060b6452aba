-- a page of an export
-- $1 2 numbers
-- $2 a number
-- $3 1 numbers
-- $4 a number
-- $5 2 numbers
-- $6 a number
-- $7 1 numbers
-- $8 a number
-- $9 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $10 "2026-03-02T10:00:00.000Z"
-- $11 2 numbers
-- $12 1 numbers
-- $13 2 numbers
-- $14 1 numbers
-- $15 2 numbers
-- $16 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $17 a number
-- $18 "2026-03-02T10:00:00.000Z"
-- $19 1 numbers
-- $20 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $21 a number
-- $22 "2026-03-02T10:00:00.000Z"
-- $23 a number
-- $24 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ((("t"."bucket" = any($1::int[])) or coalesce(shared.level, 0) >= $2::smallint) and not ("t"."confidential" and not (("t"."bucket" = any($3::int[])) or coalesce(shared.level, 0) >= $4::smallint))) then 3 when ((("t"."bucket" = any($5::int[])) or coalesce(shared.level, 0) >= $6::smallint) and not ("t"."confidential" and not (("t"."bucket" = any($7::int[])) or coalesce(shared.level, 0) >= $8::smallint))) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($9::text[])) is true and (sh.expires_at is null or sh.expires_at > $10::timestamptz)) as shared) else (case when ((("t"."bucket" = any($11::int[])) or false) and not ("t"."confidential" and not (("t"."bucket" = any($12::int[])) or false))) then 3 when ((("t"."bucket" = any($13::int[])) or false) and not ("t"."confidential" and not (("t"."bucket" = any($14::int[])) or false))) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."id" as "s0"
from "r_things" as t
where t.deleted_at is null and ((("t"."bucket" = any($15::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($16::text[])) is true and sh.level >= $17::smallint and (sh.expires_at is null or sh.expires_at > $18::timestamptz) offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any($19::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($20::text[])) is true and sh.level >= $21::smallint and (sh.expires_at is null or sh.expires_at > $22::timestamptz) offset 0))))) and true
order by "t"."id" asc, "t"."id" asc
limit 501)) as t
order by "t"."s0" asc, "t"."id" asc
limit $23) r on s.stamp = $24::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Limit
--         ->  Result
--               ->  Incremental Sort
--                     Sort Key: t.s0, t.id
--                     Presorted Key: t.s0
--                     ->  Subquery Scan on t
--                           ->  Limit
--                                 ->  Index Scan using r_things_pkey on r_things t_1
--                                       Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 3))) AND ((bucket = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 2))))
--                                       SubPlan 3
--                                         ->  Seq Scan on shares sh_2
--                                               Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                                       SubPlan 2
--                                         ->  Seq Scan on shares sh_1
--                                               Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 1
--                 ->  Subquery Scan on shared
--                       ->  Aggregate
--                             ->  Seq Scan on shares sh
--                                   Filter: (((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
