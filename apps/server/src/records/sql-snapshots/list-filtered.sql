-- filtered
-- $1 "won"
-- $2 1 numbers
-- $3 0 numbers
-- $4 2 numbers
-- $5 0 numbers
-- $6 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $7 a number
-- $8 "2026-03-02T10:00:00.000Z"
-- $9 2 numbers
-- $10 0 numbers
-- $11 a number
-- $12 1 numbers
-- $13 0 numbers
-- $14 2 numbers
-- $15 0 numbers
-- $16 a number
-- $17 1 numbers
-- $18 0 numbers
-- $19 a number
-- $20 a number
-- $21 "things"
-- $22 a number
-- $23 a number
-- $24 "things"
-- $25 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::text as "a0", $2::int[] as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::int[] as "a4", $6::text[] as "a5", $7::smallint as "a6", $8::timestamptz as "a7", $9::int[] as "a8", $10::int[] as "a9", $11::smallint as "a10", $12::int[] as "a11", $13::int[] as "a12", $14::int[] as "a13", $15::int[] as "a14", $16::smallint as "a15", $17::int[] as "a16", $18::int[] as "a17") as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when ((("t"."bucket" = any("v"."a8")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a5")) is true and sh.level >= "v"."a10" and (sh.expires_at is null or sh.expires_at > "v"."a7") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a11")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a5")) is true and sh.level >= "v"."a6" and (sh.expires_at is null or sh.expires_at > "v"."a7") offset 0))))) then 3 when ((("t"."bucket" = any("v"."a13")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a5")) is true and sh.level >= "v"."a15" and (sh.expires_at is null or sh.expires_at > "v"."a7") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a16")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a5")) is true and sh.level >= "v"."a6" and (sh.expires_at is null or sh.expires_at > "v"."a7") offset 0))))) then 2 else 1 end) as level, "t"."s0"::text as "k0"
from ( with early as materialized ( select t.*
from ( select *
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $19::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 400)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $20::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 400)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $21 and sh.grantee = any(array(select unnest("v"."a5"))) and sh.level >= "v"."a6" and (sh.expires_at is null or sh.expires_at > "v"."a7"))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or true)) and not (("t"."bucket" = any("v"."a3")) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or false))) offset 0)) as t
order by "t"."s0" desc, "t"."id" desc
limit 400 ) as t
where ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a0")
order by "t"."s0" desc, "t"."id" desc
limit 51 ) select *
from early
where (select count(*)
from early) >= 51
union all select *
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $22::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or false)) and true and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a0")
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $23::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or false)) and true and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a0")
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $24 and sh.grantee = any(array(select unnest("v"."a5"))) and sh.level >= "v"."a6" and (sh.expires_at is null or sh.expires_at > "v"."a7"))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or true)) and not (("t"."bucket" = any("v"."a3")) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a1")) or false))) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a0") offset 0)) as t
where not (select count(*)
from early) >= 51) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page) r on s.stamp = $25::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Limit
--         ->  Result
--               ->  Sort
--                     Sort Key: t.s0 DESC, t.id DESC
--                     ->  Subquery Scan on t
--                           ->  Append
--                                 CTE early
--                                   ->  Limit
--                                         ->  Subquery Scan on t_5
--                                               Filter: ((t_5.f_stage IS NOT NULL) AND ((lower((NORMALIZE(t_5.f_stage, NFC))::text))::text = ?::text))
--                                               ->  Limit
--                                                     ->  Merge Append
--                                                           Sort Key: t_7.updated_at DESC, t_7.id DESC
--                                                           ->  Limit
--                                                                 ->  Index Scan using "i_things$$bucket" on r_things t_7
--                                                                       Index Cond: (bucket = ?)
--                                                           ->  Limit
--                                                                 ->  Index Scan using "i_things$$updated" on r_things t_8
--                                                                       Filter: (((NOT confidential) OR (bucket = ANY (?::integer[]))) AND (bucket = ?))
--                                                           ->  Sort
--                                                                 Sort Key: t_9.updated_at DESC, t_9.id DESC
--                                                                 ->  Index Scan using r_things_pkey on r_things t_9
--                                                                       Index Cond: (id = ANY ((InitPlan 6).col1))
--                                                                       Filter: ((deleted_at IS NULL) AND ((bucket <> ALL (?::integer[])) OR (confidential AND (bucket <> ALL (?::integer[])))))
--                                                                       InitPlan 6
--                                                                         ->  Seq Scan on shares sh_4
--                                                                               Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (module = ?::text) AND (grantee = ANY ((InitPlan 5).col1)))
--                                                                               InitPlan 5
--                                                                                 ->  ProjectSet
--                                                                                       ->  Result
--                                 ->  Result
--                                       One-Time Filter: ((InitPlan 8).col1 >= 51)
--                                       InitPlan 8
--                                         ->  Aggregate
--                                               ->  CTE Scan on early early_1
--                                       ->  CTE Scan on early
--                                 ->  Append
--                                       InitPlan 9
--                                         ->  Aggregate
--                                               ->  CTE Scan on early early_2
--                                       ->  Result
--                                             One-Time Filter: ((InitPlan 9).col1 < 51)
--                                             ->  Limit
--                                                   ->  Index Scan using "i_things$$bucket" on r_things t_2
--                                                         Index Cond: (bucket = ?)
--                                                         Filter: ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = ?::text))
--                                       ->  Result
--                                             One-Time Filter: ((InitPlan 9).col1 < 51)
--                                             ->  Limit
--                                                   ->  Index Scan using "i_things$$bucket" on r_things t_3
--                                                         Index Cond: (bucket = ?)
--                                                         Filter: ((f_stage IS NOT NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[]))) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = ?::text))
--                                       ->  Result
--                                             One-Time Filter: ((InitPlan 9).col1 < 51)
--                                             ->  Index Scan using r_things_pkey on r_things t_4
--                                                   Index Cond: (id = ANY ((InitPlan 11).col1))
--                                                   Filter: ((deleted_at IS NULL) AND (f_stage IS NOT NULL) AND ((bucket <> ALL (?::integer[])) OR (confidential AND (bucket <> ALL (?::integer[])))) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = ?::text))
--                                                   InitPlan 11
--                                                     ->  Seq Scan on shares sh_5
--                                                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (module = ?::text) AND (grantee = ANY ((InitPlan 10).col1)))
--                                                           InitPlan 10
--                                                             ->  ProjectSet
--                                                                   ->  Result
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
