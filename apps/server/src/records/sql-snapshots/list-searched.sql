-- searched
-- $1 1 numbers
-- $2 0 numbers
-- $3 2 numbers
-- $4 0 numbers
-- $5 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $6 a number
-- $7 "2026-03-02T10:00:00.000Z"
-- $8 2 numbers
-- $9 0 numbers
-- $10 a number
-- $11 1 numbers
-- $12 0 numbers
-- $13 2 numbers
-- $14 0 numbers
-- $15 a number
-- $16 1 numbers
-- $17 0 numbers
-- $18 a number
-- $19 a number
-- $20 "things"
-- $21 "thing"
-- $22 "thing"
-- $23 "thing"
-- $24 "thing"
-- $25 "12"
-- $26 "12"
-- $27 "12"
-- $28 "12"
-- $29 a number
-- $30 "thing"
-- $31 "thing"
-- $32 "thing"
-- $33 "thing"
-- $34 "12"
-- $35 "12"
-- $36 "12"
-- $37 "12"
-- $38 a number
-- $39 "thing"
-- $40 "thing"
-- $41 "thing"
-- $42 "thing"
-- $43 "12"
-- $44 "12"
-- $45 "12"
-- $46 "12"
-- $47 "things"
-- $48 "thing"
-- $49 "thing"
-- $50 "thing"
-- $51 "thing"
-- $52 "12"
-- $53 "12"
-- $54 "12"
-- $55 "12"
-- $56 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::text[] as "a4", $6::smallint as "a5", $7::timestamptz as "a6", $8::int[] as "a7", $9::int[] as "a8", $10::smallint as "a9", $11::int[] as "a10", $12::int[] as "a11", $13::int[] as "a12", $14::int[] as "a13", $15::smallint as "a14", $16::int[] as "a15", $17::int[] as "a16") as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when ((("t"."bucket" = any("v"."a7")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= "v"."a9" and (sh.expires_at is null or sh.expires_at > "v"."a6") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a10")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= "v"."a5" and (sh.expires_at is null or sh.expires_at > "v"."a6") offset 0))))) then 3 when ((("t"."bucket" = any("v"."a12")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= "v"."a14" and (sh.expires_at is null or sh.expires_at > "v"."a6") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a15")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= "v"."a5" and (sh.expires_at is null or sh.expires_at > "v"."a6") offset 0))))) then 2 else 1 end) as level, "t"."s0"::text as "k0"
from ( with early as materialized ( select t.*
from ( select *
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $18::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 400)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $19::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 400)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $20 and sh.grantee = any(array(select unnest("v"."a4"))) and sh.level >= "v"."a5" and (sh.expires_at is null or sh.expires_at > "v"."a6"))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or true)) and not (("t"."bucket" = any("v"."a2")) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false))) offset 0)) as t
order by "t"."s0" desc, "t"."id" desc
limit 400 ) as t
where (coalesce(position($21 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($22 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($23 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($24 in (control.fold("t"."f_stage") collate "C")) > 0, false)) and (coalesce(position($25 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($26 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($27 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($28 in (control.fold("t"."f_stage") collate "C")) > 0, false))
order by "t"."s0" desc, "t"."id" desc
limit 51 ) select *
from early
where (select count(*)
from early) >= 51
union all select *
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $29::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and true and (coalesce(position($30 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($31 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($32 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($33 in (control.fold("t"."f_stage") collate "C")) > 0, false)) and (coalesce(position($34 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($35 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($36 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($37 in (control.fold("t"."f_stage") collate "C")) > 0, false))
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.bucket = $38::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and true and (coalesce(position($39 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($40 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($41 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($42 in (control.fold("t"."f_stage") collate "C")) > 0, false)) and (coalesce(position($43 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($44 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($45 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($46 in (control.fold("t"."f_stage") collate "C")) > 0, false))
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $47 and sh.grantee = any(array(select unnest("v"."a4"))) and sh.level >= "v"."a5" and (sh.expires_at is null or sh.expires_at > "v"."a6"))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or true)) and not (("t"."bucket" = any("v"."a2")) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false))) and (coalesce(position($48 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($49 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($50 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($51 in (control.fold("t"."f_stage") collate "C")) > 0, false)) and (coalesce(position($52 in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position($53 in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position($54 in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position($55 in (control.fold("t"."f_stage") collate "C")) > 0, false)) offset 0)) as t
where not (select count(*)
from early) >= 51) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page) r on s.stamp = $56::bigint

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
--                                               Filter: ((COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.f_stage, NFC))::text))) > 0), false)) AND (COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_5.f_stage, NFC))::text))) > 0), false)))
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
--                                                         Filter: ((COALESCE((POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)) AND (COALESCE((POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)))
--                                       ->  Result
--                                             One-Time Filter: ((InitPlan 9).col1 < 51)
--                                             ->  Limit
--                                                   ->  Index Scan using "i_things$$bucket" on r_things t_3
--                                                         Index Cond: (bucket = ?)
--                                                         Filter: (((NOT confidential) OR (bucket = ANY (?::integer[]))) AND (COALESCE((POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)) AND (COALESCE((POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)))
--                                       ->  Result
--                                             One-Time Filter: ((InitPlan 9).col1 < 51)
--                                             ->  Index Scan using r_things_pkey on r_things t_4
--                                                   Index Cond: (id = ANY ((InitPlan 11).col1))
--                                                   Filter: ((deleted_at IS NULL) AND ((bucket <> ALL (?::integer[])) OR (confidential AND (bucket <> ALL (?::integer[])))) AND (COALESCE((POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)) AND (COALESCE((POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)))
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
