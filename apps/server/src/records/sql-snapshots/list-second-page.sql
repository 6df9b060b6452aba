-- the page after the first, by name
-- $1 1 numbers
-- $2 0 numbers
-- $3 2 numbers
-- $4 0 numbers
-- $5 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
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
-- $19 "thing 0098"
-- $20 "thing 0098"
-- $21 "019b0000-0000-7000-8000-000000000542"
-- $22 a number
-- $23 a number
-- $24 "thing 0098"
-- $25 "thing 0098"
-- $26 "019b0000-0000-7000-8000-000000000542"
-- $27 a number
-- $28 "things"
-- $29 "thing 0098"
-- $30 "thing 0098"
-- $31 "019b0000-0000-7000-8000-000000000542"
-- $32 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::text[] as "a4", $6::smallint as "a5", $7::timestamptz as "a6", $8::int[] as "a7", $9::int[] as "a8", $10::smallint as "a9", $11::int[] as "a10", $12::int[] as "a11", $13::int[] as "a12", $14::int[] as "a13", $15::smallint as "a14", $16::int[] as "a15", $17::int[] as "a16" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ((("t"."bucket" = any("v"."a7")) or coalesce(shared.level, 0) >= "v"."a9") and not ("t"."confidential" and not (("t"."bucket" = any("v"."a10")) or coalesce(shared.level, 0) >= "v"."a5"))) then 3 when ((("t"."bucket" = any("v"."a12")) or coalesce(shared.level, 0) >= "v"."a14") and not ("t"."confidential" and not (("t"."bucket" = any("v"."a15")) or coalesce(shared.level, 0) >= "v"."a5"))) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and (sh.expires_at is null or sh.expires_at > "v"."a6")) as shared) else (case when ((("t"."bucket" = any("v"."a7")) or false) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a10")) or false))) then 3 when ((("t"."bucket" = any("v"."a12")) or false) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a15")) or false))) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $18::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and (control.fold("t"."f_name") collate "C") >= $19::text collate "C" and ((control.fold("t"."f_name") collate "C") > $20::text collate "C" or t.id > $21::uuid)
order by (control.fold("t"."f_name") collate "C") asc, t.id asc
limit 51)
union all ( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $22::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and (control.fold("t"."f_name") collate "C") is null
order by (control.fold("t"."f_name") collate "C") asc, t.id asc
limit 51)
union all ( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $23::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and (control.fold("t"."f_name") collate "C") >= $24::text collate "C" and ((control.fold("t"."f_name") collate "C") > $25::text collate "C" or t.id > $26::uuid)
order by (control.fold("t"."f_name") collate "C") asc, t.id asc
limit 51)
union all ( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $27::int and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false)) and (control.fold("t"."f_name") collate "C") is null
order by (control.fold("t"."f_name") collate "C") asc, t.id asc
limit 51)
union all ( select t.*, (control.fold("t"."f_name") collate "C") as "s0"
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $28 and sh.grantee = any(array(select unnest("v"."a4"))) and sh.level >= "v"."a5" and (sh.expires_at is null or sh.expires_at > "v"."a6"))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or true)) and not (("t"."bucket" = any("v"."a2")) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a0")) or false))) and (((control.fold("t"."f_name") collate "C") >= $29::text collate "C" and ((control.fold("t"."f_name") collate "C") > $30::text collate "C" or "t"."id" > $31::uuid)) or (control.fold("t"."f_name") collate "C") is null) offset 0)) as t
order by "t"."s0" asc nulls last, "t"."id" asc
limit 51) as page) r on s.stamp = $32::bigint

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
--                                       ->  Index Scan using "b_things$name" on r_things t_1
--                                             Index Cond: ((bucket = ?) AND ((lower((NORMALIZE(f_name, NFC))::text))::text >= ?::text COLLATE "C"))
--                                             Filter: ((((lower((NORMALIZE(f_name, NFC))::text))::text > ?::text COLLATE "C") OR (id > ?::uuid)) AND ((NOT confidential) OR (bucket = ANY ((?::integer[])))))
--                           ->  Subquery Scan on "*SELECT* 2"
--                                 ->  Limit
--                                       ->  Index Scan using "b_things$name" on r_things t_2
--                                             Index Cond: ((bucket = ?) AND ((lower((NORMALIZE(f_name, NFC))::text))::text IS NULL))
--                                             Filter: ((NOT confidential) OR (bucket = ANY ((?::integer[]))))
--                           ->  Subquery Scan on "*SELECT* 3"
--                                 ->  Limit
--                                       ->  Index Scan using "b_things$name" on r_things t_3
--                                             Index Cond: ((bucket = ?) AND ((lower((NORMALIZE(f_name, NFC))::text))::text >= ?::text COLLATE "C"))
--                                             Filter: ((((lower((NORMALIZE(f_name, NFC))::text))::text > ?::text COLLATE "C") OR (id > ?::uuid)) AND ((NOT confidential) OR (bucket = ANY ((?::integer[])))))
--                           ->  Subquery Scan on "*SELECT* 4"
--                                 ->  Limit
--                                       ->  Index Scan using "b_things$name" on r_things t_4
--                                             Index Cond: ((bucket = ?) AND ((lower((NORMALIZE(f_name, NFC))::text))::text IS NULL))
--                                             Filter: ((NOT confidential) OR (bucket = ANY ((?::integer[]))))
--                           ->  Sort
--                                 Sort Key: "*SELECT* 5".s0 COLLATE "C", "*SELECT* 5".id
--                                 ->  Subquery Scan on "*SELECT* 5"
--                                       ->  Index Scan using "i_things$$shared" on r_things t_5
--                                             Index Cond: (id = ANY ((InitPlan 3).col1))
--                                             Filter: (((((lower((NORMALIZE(f_name, NFC))::text))::text >= ?::text COLLATE "C") AND (((lower((NORMALIZE(f_name, NFC))::text))::text > ?::text COLLATE "C") OR (id > ?::uuid))) OR ((lower((NORMALIZE(f_name, NFC))::text))::text IS NULL)) AND ((bucket <> ALL ((?::integer[]))) OR (confidential AND (bucket <> ALL ((?::integer[]))))))
--                                             InitPlan 3
--                                               ->  Seq Scan on shares sh_1
--                                                     Filter: ((level >= (?::smallint)) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 2).col1)))
--                                                     InitPlan 2
--                                                       ->  ProjectSet
--                                                             ->  Result
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = "*SELECT* 1".id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
