-- a page of an export
-- $1 2 numbers
-- $2 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $3 a number
-- $4 "2026-03-02T10:00:00.000Z"
-- $5 1 numbers
-- $6 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $7 a number
-- $8 "2026-03-02T10:00:00.000Z"
-- $9 2 numbers
-- $10 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $11 a number
-- $12 "2026-03-02T10:00:00.000Z"
-- $13 1 numbers
-- $14 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $15 a number
-- $16 "2026-03-02T10:00:00.000Z"
-- $17 2 numbers
-- $18 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $19 a number
-- $20 "2026-03-02T10:00:00.000Z"
-- $21 1 numbers
-- $22 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $23 a number
-- $24 "2026-03-02T10:00:00.000Z"
-- $25 a number
-- $26 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when ((("t"."bucket" = any($1::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($2::text[])) is true and sh.level >= $3::smallint and (sh.expires_at is null or sh.expires_at > $4::timestamptz) offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any($5::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($6::text[])) is true and sh.level >= $7::smallint and (sh.expires_at is null or sh.expires_at > $8::timestamptz) offset 0))))) then 3 when ((("t"."bucket" = any($9::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($10::text[])) is true and sh.level >= $11::smallint and (sh.expires_at is null or sh.expires_at > $12::timestamptz) offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any($13::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($14::text[])) is true and sh.level >= $15::smallint and (sh.expires_at is null or sh.expires_at > $16::timestamptz) offset 0))))) then 2 else 1 end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."id" as "s0"
from "r_things" as t
where t.deleted_at is null and ((("t"."bucket" = any($17::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($18::text[])) is true and sh.level >= $19::smallint and (sh.expires_at is null or sh.expires_at > $20::timestamptz) offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any($21::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($22::text[])) is true and sh.level >= $23::smallint and (sh.expires_at is null or sh.expires_at > $24::timestamptz) offset 0))))) and true
order by "t"."id" asc, "t"."id" asc
limit 501)) as t
order by "t"."s0" asc, "t"."id" asc
limit $25) r on s.stamp = $26::bigint

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
--                                       Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 6))) AND ((bucket = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 5))))
--                                       SubPlan 6
--                                         ->  Seq Scan on shares sh_5
--                                               Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                                       SubPlan 5
--                                         ->  Seq Scan on shares sh_4
--                                               Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 1
--                 ->  Seq Scan on shares sh
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 2
--                 ->  Seq Scan on shares sh_1
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 3
--                 ->  Seq Scan on shares sh_2
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 4
--                 ->  Seq Scan on shares sh_3
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
