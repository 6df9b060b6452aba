-- the same of records below those
-- $1 1 numbers
-- $2 1 numbers
-- $3 3 numbers
-- $4 1 numbers
-- $5 "{\"user:everything\",\"everyone\",\"role:southManager\",\"role+:southManager\",\"role+:head\",\"team:desk\"}"
-- $6 "2026-03-02T10:00:00.000Z"
-- $7 3 numbers
-- $8 1 numbers
-- $9 "4900"
-- $10 "lost"
-- $11 1 numbers
-- $12 1 numbers
-- $13 2 numbers
-- $14 1 numbers
-- $15 1 numbers
-- $16 1 numbers
-- $17 1 numbers
-- $18 1 numbers
-- $19 2 numbers
-- $20 1 numbers
-- $21 a number
-- $22 a number
-- $23 a number
-- $24 a number
-- $25 a number
-- $26 "parts"
-- $27 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::text[] as "a4", $6::timestamptz as "a5", $7::int[] as "a6", $8::int[] as "a7", $9::numeric as "a8", $10::text as "a9", $11::int[] as "a10", $12::int[] as "a11", $13::int[] as "a12", $14::int[] as "a13", $15::int[] as "a14", $16::int[] as "a15", $17::int[] as "a16", $18::int[] as "a17", $19::int[] as "a18", $20::int[] as "a19" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_thing", (case when "t"."shares_count" > 0 then (select (case when ((("t"."bucket" = any("v"."a16")) or "t"."owner_id" = any("v"."a17")) or coalesce(shared.level, 0) >= 3 or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a14")) or "tp"."owner_id" = any("v"."a15")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9")))) then 3 when ((("t"."bucket" = any("v"."a18")) or "t"."owner_id" = any("v"."a19")) or coalesce(shared.level, 0) >= 2 or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a12")) or "tp"."owner_id" = any("v"."a13")) or (("tp"."f_amount" is not null and "tp"."f_amount" >= "v"."a8") and ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") <> "v"."a9")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a14")) or "tp"."owner_id" = any("v"."a15")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9")))) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and (sh.expires_at is null or sh.expires_at > "v"."a5")) as shared) else (case when ((("t"."bucket" = any("v"."a16")) or "t"."owner_id" = any("v"."a17")) or false or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a14")) or "tp"."owner_id" = any("v"."a15")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9")))) then 3 when ((("t"."bucket" = any("v"."a18")) or "t"."owner_id" = any("v"."a19")) or false or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a12")) or "tp"."owner_id" = any("v"."a13")) or (("tp"."f_amount" is not null and "tp"."f_amount" >= "v"."a8") and ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") <> "v"."a9")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a14")) or "tp"."owner_id" = any("v"."a15")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9")))) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from ( select t.*, "t"."updated_at" as "s0"
from "r_parts" as t
where t.ctid = any(array( select t.place
from (( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $21::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $22::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $23::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $24::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.owner_id = $25::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $26 and sh.grantee = any(array(select unnest("v"."a4"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or true)) and not ((("t"."bucket" = any("v"."a2")) or "t"."owner_id" = any("v"."a3")) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false))) offset 0)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a6")) or "tp"."owner_id" = any("v"."a7")) or (("tp"."f_amount" is not null and "tp"."f_amount" >= "v"."a8") and ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") <> "v"."a9")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ((("t"."bucket" = any("v"."a2")) or "t"."owner_id" = any("v"."a3")) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or true))) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a12")) or "tp"."owner_id" = any("v"."a13")) or (("tp"."f_amount" is not null and "tp"."f_amount" >= "v"."a8") and ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") <> "v"."a9")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ((("t"."bucket" = any("v"."a2")) or "t"."owner_id" = any("v"."a3")) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or true))) and not (exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a6")) or "tp"."owner_id" = any("v"."a7")) or (("tp"."f_amount" is not null and "tp"."f_amount" >= "v"."a8") and ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") <> "v"."a9")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false))) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.ctid as place, t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a14")) or "tp"."owner_id" = any("v"."a15")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ((("t"."bucket" = any("v"."a2")) or "t"."owner_id" = any("v"."a3")) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or true))) and not (exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a6")) or "tp"."owner_id" = any("v"."a7")) or (("tp"."f_amount" is not null and "tp"."f_amount" >= "v"."a8") and ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") <> "v"."a9")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false))) and not (exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a12")) or "tp"."owner_id" = any("v"."a13")) or (("tp"."f_amount" is not null and "tp"."f_amount" >= "v"."a8") and ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") <> "v"."a9")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("tp"."confidential" and not ((("tp"."bucket" = any("v"."a10")) or "tp"."owner_id" = any("v"."a11")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)))) and not ("tp"."f_stage" is not null and (control.fold("tp"."f_stage") collate "C") = "v"."a9"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false))) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)) as t
order by "t"."s0" desc, "t"."id" desc
limit 51))) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page) r on s.stamp = $27::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop
--         ->  Result
--         ->  Limit
--               InitPlan 58
--                 ->  Limit
--                       ->  Merge Append
--                             Sort Key: "*SELECT* 1".s0 DESC, "*SELECT* 1".id DESC
--                             ->  Subquery Scan on "*SELECT* 1"
--                                   ->  Limit
--                                         ->  Index Scan using "i_parts$$bucket" on r_parts t_2
--                                               Index Cond: (bucket = ?)
--                                               Filter: ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))))
--                             ->  Subquery Scan on "*SELECT* 2"
--                                   ->  Limit
--                                         ->  Index Scan using "i_parts$$bucket" on r_parts t_3
--                                               Index Cond: (bucket = ?)
--                                               Filter: ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))))
--                             ->  Subquery Scan on "*SELECT* 3"
--                                   ->  Limit
--                                         ->  Index Scan using "i_parts$$bucket" on r_parts t_4
--                                               Index Cond: (bucket = ?)
--                                               Filter: ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))))
--                             ->  Subquery Scan on "*SELECT* 4"
--                                   ->  Limit
--                                         ->  Index Scan using "i_parts$$bucket" on r_parts t_5
--                                               Index Cond: (bucket = ?::integer)
--                                               Filter: ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))))
--                             ->  Subquery Scan on "*SELECT* 5"
--                                   ->  Limit
--                                         ->  Index Scan using "i_parts$$owner" on r_parts t_6
--                                               Index Cond: (owner_id = ?)
--                                               Filter: (((deleted_at IS NULL) OR (version < 0)) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))))
--                             ->  Sort
--                                   Sort Key: "*SELECT* 6".s0 DESC, "*SELECT* 6".id DESC
--                                   ->  Subquery Scan on "*SELECT* 6"
--                                         ->  Index Scan using "i_parts$$shared" on r_parts t_7
--                                               Index Cond: (id = ANY ((InitPlan 30).col1))
--                                               Filter: (((bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))))
--                                               InitPlan 30
--                                                 ->  Seq Scan on shares sh_13
--                                                       Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 29).col1)))
--                                                       InitPlan 29
--                                                         ->  ProjectSet
--                                                               ->  Result
--                             ->  Subquery Scan on "*SELECT* 7"
--                                   ->  Limit
--                                         ->  Nested Loop
--                                               ->  Index Scan using "i_parts$$updated" on r_parts t_8
--                                                     Filter: (((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))) AND (((bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 31))))
--                                                     SubPlan 31
--                                                       ->  Seq Scan on shares sh_14
--                                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_8.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                               ->  Index Scan using r_things_pkey on r_things tp_9
--                                                     Index Cond: (id = t_8.f_thing)
--                                                     Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 33))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) OR ((shares_count > 0) AND EXISTS(SubPlan 32))))
--                                                     SubPlan 33
--                                                       ->  Seq Scan on shares sh_16
--                                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_9.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                     SubPlan 32
--                                                       ->  Seq Scan on shares sh_15
--                                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_9.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             ->  Subquery Scan on "*SELECT* 8"
--                                   ->  Limit
--                                         ->  Nested Loop
--                                               ->  Index Scan using "i_parts$$updated" on r_parts t_9
--                                                     Filter: (((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))) AND (((bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 34))) AND ((NOT EXISTS(SubPlan 37)) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[]))))))
--                                                     SubPlan 34
--                                                       ->  Seq Scan on shares sh_17
--                                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_9.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                     SubPlan 37
--                                                       ->  Index Scan using r_things_pkey on r_things tp_6
--                                                             Index Cond: (id = t_9.f_thing)
--                                                             Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 36))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) OR ((shares_count > 0) AND EXISTS(SubPlan 35))))
--                                                             SubPlan 36
--                                                               ->  Seq Scan on shares sh_19
--                                                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_6.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                             SubPlan 35
--                                                               ->  Seq Scan on shares sh_18
--                                                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_6.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                               ->  Index Scan using r_things_pkey on r_things tp_10
--                                                     Index Cond: (id = t_9.f_thing)
--                                                     Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 42))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) OR ((shares_count > 0) AND EXISTS(SubPlan 41))))
--                                                     SubPlan 42
--                                                       ->  Seq Scan on shares sh_21
--                                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_10.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                     SubPlan 41
--                                                       ->  Seq Scan on shares sh_20
--                                                             Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_10.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             ->  Subquery Scan on "*SELECT* 9"
--                                   ->  Limit
--                                         ->  Nested Loop
--                                               ->  Index Scan using "i_parts$$updated" on r_parts t_10
--                                                     Filter: (((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))) AND (((bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 43))) AND ((NOT EXISTS(SubPlan 46)) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[]))))) AND ((NOT EXISTS(SubPlan 52)) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[]))))))
--                                                     SubPlan 43
--                                                       ->  Seq Scan on shares sh_22
--                                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_10.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                     SubPlan 46
--                                                       ->  Index Scan using r_things_pkey on r_things tp_7
--                                                             Index Cond: (id = t_10.f_thing)
--                                                             Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 45))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) OR ((shares_count > 0) AND EXISTS(SubPlan 44))))
--                                                             SubPlan 45
--                                                               ->  Seq Scan on shares sh_24
--                                                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_7.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                             SubPlan 44
--                                                               ->  Seq Scan on shares sh_23
--                                                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_7.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                     SubPlan 52
--                                                       ->  Index Scan using r_things_pkey on r_things tp_8
--                                                             Index Cond: (id = t_10.f_thing)
--                                                             Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 51))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) OR ((shares_count > 0) AND EXISTS(SubPlan 50))))
--                                                             SubPlan 51
--                                                               ->  Seq Scan on shares sh_26
--                                                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_8.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                             SubPlan 50
--                                                               ->  Seq Scan on shares sh_25
--                                                                     Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_8.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                               ->  Index Scan using r_things_pkey on r_things tp_11
--                                                     Index Cond: (id = t_10.f_thing)
--                                                     Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 56))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 57))))
--                                                     SubPlan 56
--                                                       ->  Seq Scan on shares sh_27
--                                                             Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_11.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                     SubPlan 57
--                                                       ->  Seq Scan on shares sh_28
--                                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_11.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--               ->  Result
--                     ->  Sort
--                           Sort Key: t.updated_at DESC, t.id DESC
--                           ->  Seq Scan on r_parts t
--                                 Filter: (ctid = ANY ((InitPlan 58).col1))
--                     SubPlan 10
--                       ->  Subquery Scan on shared
--                             InitPlan 3
--                               ->  Index Scan using r_things_pkey on r_things tp
--                                     Index Cond: (id = t.f_thing)
--                                     Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 1))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 2))))
--                                     SubPlan 1
--                                       ->  Seq Scan on shares sh
--                                             Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                     SubPlan 2
--                                       ->  Seq Scan on shares sh_1
--                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             InitPlan 6
--                               ->  Index Scan using r_things_pkey on r_things tp_1
--                                     Index Cond: (id = t.f_thing)
--                                     Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 5))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) OR ((shares_count > 0) AND EXISTS(SubPlan 4))))
--                                     SubPlan 5
--                                       ->  Seq Scan on shares sh_3
--                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                     SubPlan 4
--                                       ->  Seq Scan on shares sh_2
--                                             Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             InitPlan 9
--                               ->  Index Scan using r_things_pkey on r_things tp_2
--                                     Index Cond: (id = t.f_thing)
--                                     Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 7))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 8))))
--                                     SubPlan 7
--                                       ->  Seq Scan on shares sh_4
--                                             Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_2.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                     SubPlan 8
--                                       ->  Seq Scan on shares sh_5
--                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_2.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh_6
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 13
--                       ->  Index Scan using r_things_pkey on r_things tp_3
--                             Index Cond: (id = t.f_thing)
--                             Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 11))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 12))))
--                             SubPlan 11
--                               ->  Seq Scan on shares sh_7
--                                     Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_3.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             SubPlan 12
--                               ->  Seq Scan on shares sh_8
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_3.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 19
--                       ->  Index Scan using r_things_pkey on r_things tp_4
--                             Index Cond: (id = t.f_thing)
--                             Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 18))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) OR ((shares_count > 0) AND EXISTS(SubPlan 17))))
--                             SubPlan 18
--                               ->  Seq Scan on shares sh_10
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_4.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             SubPlan 17
--                               ->  Seq Scan on shares sh_9
--                                     Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_4.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 25
--                       ->  Index Scan using r_things_pkey on r_things tp_5
--                             Index Cond: (id = t.f_thing)
--                             Filter: ((deleted_at IS NULL) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 23))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 24))))
--                             SubPlan 23
--                               ->  Seq Scan on shares sh_11
--                                     Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_5.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             SubPlan 24
--                               ->  Seq Scan on shares sh_12
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_5.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
