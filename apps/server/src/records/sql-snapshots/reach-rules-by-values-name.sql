-- the same by name
-- $1 0 numbers
-- $2 1 numbers
-- $3 "new"
-- $4 0 numbers
-- $5 1 numbers
-- $6 1 numbers
-- $7 0 numbers
-- $8 "{\"user:closer\",\"everyone\"}"
-- $9 a number
-- $10 "2026-03-02T10:00:00.000Z"
-- $11 "won"
-- $12 "500"
-- $13 0 numbers
-- $14 1 numbers
-- $15 a number
-- $16 0 numbers
-- $17 1 numbers
-- $18 0 numbers
-- $19 1 numbers
-- $20 a number
-- $21 0 numbers
-- $22 1 numbers
-- $23 a number
-- $24 a number
-- $25 "things"
-- $26 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::text as "a2", $4::int[] as "a3", $5::int[] as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::text[] as "a7", $9::smallint as "a8", $10::timestamptz as "a9", $11::text as "a10", $12::numeric as "a11", $13::int[] as "a12", $14::int[] as "a13", $15::smallint as "a14", $16::int[] as "a15", $17::int[] as "a16", $18::int[] as "a17", $19::int[] as "a18", $20::smallint as "a19", $21::int[] as "a20", $22::int[] as "a21" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when (("t"."owner_id" = any("v"."a13") or coalesce(shared.level, 0) >= "v"."a14") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a16") or coalesce(shared.level, 0) >= "v"."a8"))) then 3 when (("t"."owner_id" = any("v"."a18") or (("t"."bucket" = any("v"."a5")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2")) or coalesce(shared.level, 0) >= "v"."a19") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a21") or coalesce(shared.level, 0) >= "v"."a8"))) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a7")) is true and (sh.expires_at is null or sh.expires_at > "v"."a9")) as shared) else (case when (("t"."owner_id" = any("v"."a13") or false) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a16") or false))) then 3 when (("t"."owner_id" = any("v"."a18") or (("t"."bucket" = any("v"."a5")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2")) or false) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a21") or false))) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.owner_id = $23::int and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false)) and true
order by (control.fold("t"."f_name") collate "C") asc, t.id asc
limit 51)
union all ( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 1) and t.bucket = $24::int and left((control.fold("t"."f_stage") collate "C"), 64) = left("v"."a2", 64) and case when ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false)) and not ("t"."owner_id" = any("v"."a4") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false))) then true else false end and true
order by (control.fold("t"."f_name") collate "C") asc, t.id asc
limit 51)
union all ( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $25 and sh.grantee = any(array(select unnest("v"."a7"))) and sh.level >= "v"."a8" and (sh.expires_at is null or sh.expires_at > "v"."a9"))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or true)) and not ("t"."owner_id" = any("v"."a4") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false))) and not (("t"."bucket" = any("v"."a5")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false))) offset 0)
union all ( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 1) and left((control.fold("t"."f_stage") collate "C"), 64) in (left('won'::text, 64)) and "t"."f_amount" < '500'::numeric and case when (("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a10") and ("t"."f_amount" is not null and "t"."f_amount" < "v"."a11")) then true else false end and case when not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false)) and not ("t"."owner_id" = any("v"."a4") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false))) and not (("t"."bucket" = any("v"."a5")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a7")) is true and sh.level >= "v"."a8" and (sh.expires_at is null or sh.expires_at > "v"."a9") offset 0)) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a1") or true))) then true else false end and true
order by (control.fold("t"."f_name") collate "C") asc, t.id asc
limit 51)) as t
order by "t"."s0" asc nulls last, "t"."id" asc
limit 51) as page) r on s.stamp = $26::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop
--         ->  Result
--         ->  Limit
--               ->  Result
--                     ->  Merge Append
--                           Sort Key: "*SELECT* 1".s0 COLLATE "C", "*SELECT* 1".id
--                           ->  Subquery Scan on "*SELECT* 1"
--                                 ->  Limit
--                                       ->  Index Scan using "o_things$name" on r_things t_1
--                                             Index Cond: (owner_id = ?)
--                                             Filter: ((NOT confidential) OR (owner_id = ANY ((?::integer[]))))
--                           ->  Subquery Scan on "*SELECT* 2"
--                                 ->  Limit
--                                       ->  Index Scan using "qt_things$stage" on r_things t_2
--                                             Index Cond: ((bucket = ?) AND ("left"((lower((NORMALIZE(f_stage, NFC))::text))::text, 64) = "left"((?::text), 64)))
--                                             Filter: CASE WHEN ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = (?::text)) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[])))) AND ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[])))))) THEN true ELSE false END
--                           ->  Sort
--                                 Sort Key: "*SELECT* 3".s0 COLLATE "C", "*SELECT* 3".id
--                                 ->  Subquery Scan on "*SELECT* 3"
--                                       ->  Index Scan using "i_things$$shared" on r_things t_3
--                                             Index Cond: (id = ANY ((InitPlan 3).col1))
--                                             Filter: (((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((bucket <> ALL ((?::integer[]))) OR (f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text)) OR (confidential AND (owner_id <> ALL ((?::integer[]))))))
--                                             InitPlan 3
--                                               ->  Seq Scan on shares sh_1
--                                                     Filter: ((level >= (?::smallint)) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 2).col1)))
--                                                     InitPlan 2
--                                                       ->  ProjectSet
--                                                             ->  Result
--                           ->  Subquery Scan on "*SELECT* 4"
--                                 ->  Limit
--                                       ->  Index Scan using "rt_things$$d85c5d6bea0d721a" on r_things t_4
--                                             Filter: (CASE WHEN ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = (?::text)) AND (f_amount IS NOT NULL) AND (f_amount < (?::numeric))) THEN true ELSE false END AND CASE WHEN (((NOT confidential) OR (owner_id = ANY ((?::integer[])))) AND ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((bucket <> ALL ((?::integer[]))) OR (f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text)) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 4)))) THEN true ELSE false END)
--                                             SubPlan 4
--                                               ->  Seq Scan on shares sh_2
--                                                     Filter: ((level >= (?::smallint)) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_4.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = "*SELECT* 1".id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
