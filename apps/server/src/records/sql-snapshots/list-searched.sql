-- searched
-- $1 "thing"
-- $2 "12"
-- $3 2 numbers
-- $4 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 2 numbers
-- $8 2 numbers
-- $9 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::text as "a0", $2::text as "a1", $3::int[] as "a2", $4::text[] as "a3", $5::timestamptz as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::int[] as "a7" offset 0) as "v"
cross join lateral ( with ahead as materialized (select t.*
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and true and true
order by "t"."updated_at" desc, "t"."id" desc
limit 2040)) as t
order by "t"."s0" desc, "t"."id" desc
limit 2040), found as materialized ( select t.*
from ahead as t
where ((("t"."bucket" = any("v"."a2")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a5")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) and (coalesce(position("v"."a0" in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_stage") collate "C")) > 0, false)) and (coalesce(position("v"."a1" in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position("v"."a1" in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position("v"."a1" in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position("v"."a1" in (control.fold("t"."f_stage") collate "C")) > 0, false))
order by "t"."s0" desc, "t"."id" desc
limit 51 ) select 0 as step, whole.is_whole, page.*
from (select ( (select count(*)
from found) >= 51 or (select count(*)
from ahead) < 2040) as is_whole) as whole
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when (("t"."bucket" = any("v"."a6")) or coalesce(shared.level, 0) >= 3) then 3 when (("t"."bucket" = any("v"."a7")) or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and (sh.expires_at is null or sh.expires_at > "v"."a4")) as shared) else (case when (("t"."bucket" = any("v"."a6")) or false) then 3 when (("t"."bucket" = any("v"."a7")) or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from found as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page on whole.is_whole) as page) r on s.stamp = $9::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop
--         ->  Result
--         ->  Nested Loop Left Join
--               Join Filter: (((InitPlan 7).col1 >= 51) OR ((InitPlan 8).col1 < 2040))
--               CTE ahead
--                 ->  Limit
--                       ->  Limit
--                             ->  Index Scan using "i_things$$updated" on r_things t_1
--               CTE found
--                 ->  Limit
--                       ->  CTE Scan on ahead t_2
--                             Filter: ((COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)) AND (COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION(((?::text)) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)) AND ((bucket = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 2))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 3))))
--                             SubPlan 2
--                               ->  Seq Scan on shares sh
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_2.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             SubPlan 3
--                               ->  Seq Scan on shares sh_1
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_2.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--               InitPlan 5
--                 ->  Aggregate
--                       ->  CTE Scan on found
--               InitPlan 6
--                 ->  Aggregate
--                       ->  CTE Scan on ahead
--               InitPlan 7
--                 ->  Aggregate
--                       ->  CTE Scan on found found_1
--               InitPlan 8
--                 ->  Aggregate
--                       ->  CTE Scan on ahead ahead_1
--               ->  Result
--               ->  Limit
--                     ->  CTE Scan on found t
--                           SubPlan 9
--                             ->  Subquery Scan on shared
--                                   ->  Aggregate
--                                         ->  Seq Scan on shares sh_2
--                                               Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
