-- counted under a search
-- $1 "%123%"
-- $2 "123"
-- $3 1 numbers
-- $4 ["user:viewer","everyone"]
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::text as "a0", $2::text as "a1", $3::int[] as "a2", $4::text[] as "a3", $5::timestamptz as "a4" ) as "v"
cross join lateral (select count(*) as total
from (select
from ( (select
from "r_things" as t
where t.deleted_at is null and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a2") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0)))) and exists ( select
from "w_things" as w
where w.id = t.id and (("w"."external_id" like "v"."a0" or "w"."f_name" like "v"."a0" or "w"."f_code" like "v"."a0" or "w"."f_stage" like "v"."a0")) and (w.id is null or ((("w"."external_id" like "v"."a0" and position("v"."a1" in (control.fold("t"."external_id") collate "C")) > 0) or ("w"."f_name" like "v"."a0" and position("v"."a1" in (control.fold("t"."f_name") collate "C")) > 0) or ("w"."f_code" like "v"."a0" and position("v"."a1" in (control.fold("t"."f_code") collate "C")) > 0) or ("w"."f_stage" like "v"."a0" and position("v"."a1" in (control.fold("t"."f_stage") collate "C")) > 0))))))) as one
limit 10001) as one) as page) r on s.stamp = $6::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Aggregate
--         ->  Limit
--               ->  Nested Loop
--                     ->  Bitmap Heap Scan on w_things w
--                           Recheck Cond: ((external_id ~~ ?::text) OR (f_name ~~ ?::text) OR (f_code ~~ ?::text) OR (f_stage ~~ ?::text))
--                           ->  BitmapOr
--                                 ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                                       Index Cond: (external_id ~~ ?::text)
--                                 ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                                       Index Cond: (f_name ~~ ?::text)
--                                 ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                                       Index Cond: (f_code ~~ ?::text)
--                                 ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                                       Index Cond: (f_stage ~~ ?::text)
--                     ->  Index Scan using r_things_pkey on r_things t
--                           Index Cond: (id = w.id)
--                           Filter: ((deleted_at IS NULL) AND ((w.id IS NULL) OR ((w.external_id ~~ ?::text) AND (POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0)) OR ((w.f_name ~~ ?::text) AND (POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0)) OR ((w.f_code ~~ ?::text) AND (POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0)) OR ((w.f_stage ~~ ?::text) AND (POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0))) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 1))))
--                           SubPlan 1
--                             ->  Seq Scan on shares sh
--                                   Filter: (((grantee = ANY (?::text[])) IS TRUE) AND (level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id))
