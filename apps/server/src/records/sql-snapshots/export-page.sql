-- a page of an export
-- $1 2 numbers
-- $2 2 numbers
-- $3 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $4 "2026-03-02T10:00:00.000Z"
-- $5 2 numbers
-- $6 2 numbers
-- $7 2 numbers
-- $8 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $9 "2026-03-02T10:00:00.000Z"
-- $10 1 numbers
-- $11 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $12 "2026-03-02T10:00:00.000Z"
-- $13 a number
-- $14 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when (("t"."bucket" = any($1::int[])) or coalesce(shared.level, 0) >= 3) then 3 when (("t"."bucket" = any($2::int[])) or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($3::text[])) is true and (sh.expires_at is null or sh.expires_at > $4::timestamptz)) as shared) else (case when (("t"."bucket" = any($5::int[])) or false) then 3 when (("t"."bucket" = any($6::int[])) or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."id" as "s0"
from "r_things" as t
where t.deleted_at is null and ((("t"."bucket" = any($7::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($8::text[])) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > $9::timestamptz) offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any($10::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($11::text[])) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > $12::timestamptz) offset 0))))) and true
order by "t"."id" asc, "t"."id" asc
limit 501)) as t
order by "t"."s0" asc, "t"."id" asc
limit $13) r on s.stamp = $14::bigint

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
--                                               Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                                       SubPlan 2
--                                         ->  Seq Scan on shares sh_1
--                                               Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 1
--                 ->  Subquery Scan on shared
--                       ->  Aggregate
--                             ->  Seq Scan on shares sh
--                                   Filter: (((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
