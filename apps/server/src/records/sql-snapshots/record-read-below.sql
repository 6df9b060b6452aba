-- one record that is reached through another
-- $1 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $2 "2026-03-02T10:00:00.000Z"
-- $3 4 numbers
-- $4 1 numbers
-- $5 4 numbers
-- $6 1 numbers
-- $7 1 numbers
-- $8 4 numbers
-- $9 1 numbers
-- $10 4 numbers
-- $11 1 numbers
-- $12 4 numbers
-- $13 1 numbers
-- $14 4 numbers
-- $15 1 numbers
-- $16 1 numbers
-- $17 a number
-- $18 "019b0000-0000-7000-8000-000000004000"
select one.*
from (select $1::text[] as "a0", $2::timestamptz as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::int[] as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::int[] as "a7", $9::int[] as "a8", $10::int[] as "a9", $11::int[] as "a10", $12::int[] as "a11", $13::int[] as "a12", $14::int[] as "a13", $15::int[] as "a14", $16::int[] as "a15" ) as "v"
cross join lateral (select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_thing", (case when ((("t"."bucket" = any("v"."a2")) or "t"."owner_id" = any("v"."a3")) or its.shared_level >= 3 or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a4")) or "tp"."owner_id" = any("v"."a5")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))))))) then 3 when ((("t"."bucket" = any("v"."a7")) or "t"."owner_id" = any("v"."a8")) or its.shared_level >= 2 or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a9")) or "tp"."owner_id" = any("v"."a10")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a4")) or "tp"."owner_id" = any("v"."a5")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))))))) then 2 else 1 end) as level
from (select t.*
from "r_parts" as t
where t.id = case when (select stamp
from head) = $17::bigint then $18::uuid end and t.deleted_at is null) as t
cross join lateral (select case when t.shares_count > 0 then coalesce((select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a0")) is true and (sh.expires_at is null or sh.expires_at > "v"."a1")), 0) else 0 end as shared_level offset 0) as its
where (((("t"."bucket" = any("v"."a11")) or "t"."owner_id" = any("v"."a12")) or its.shared_level >= 1 or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a13")) or "tp"."owner_id" = any("v"."a14")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a9")) or "tp"."owner_id" = any("v"."a10")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any("v"."a4")) or "tp"."owner_id" = any("v"."a5")) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a0")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a1") offset 0))))))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a15") or its.shared_level >= 1)))) as one

-- plan
-- Nested Loop
--   InitPlan 19
--     ->  Seq Scan on head
--   ->  Index Scan using r_parts_pkey on r_parts t
--         Index Cond: (id = CASE WHEN ((InitPlan 19).col1 = ?::bigint) THEN ?::uuid ELSE NULL::uuid END)
--         Filter: (deleted_at IS NULL)
--   ->  Subquery Scan on its
--         Filter: (((NOT t.confidential) OR (t.owner_id = ANY (?::integer[])) OR (its.shared_level >= 1)) AND ((t.bucket = ANY (?::integer[])) OR (t.owner_id = ANY (?::integer[])) OR (its.shared_level >= 1) OR EXISTS(SubPlan 22) OR EXISTS(SubPlan 28) OR EXISTS(SubPlan 34)))
--         ->  Result
--               InitPlan 38
--                 ->  Aggregate
--                       ->  Seq Scan on shares sh_12
--                             Filter: (((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 22
--           ->  Index Scan using r_things_pkey on r_things tp_3
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 21))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 20))))
--                 SubPlan 21
--                   ->  Seq Scan on shares sh_7
--                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 20
--                   ->  Seq Scan on shares sh_6
--                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 28
--           ->  Index Scan using r_things_pkey on r_things tp_4
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 27))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 26))))
--                 SubPlan 27
--                   ->  Seq Scan on shares sh_9
--                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_4.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 26
--                   ->  Seq Scan on shares sh_8
--                         Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_4.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 34
--           ->  Index Scan using r_things_pkey on r_things tp_5
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 33))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 32))))
--                 SubPlan 33
--                   ->  Seq Scan on shares sh_11
--                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_5.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 32
--                   ->  Seq Scan on shares sh_10
--                         Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_5.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   SubPlan 3
--     ->  Index Scan using r_things_pkey on r_things tp
--           Index Cond: (id = t.f_thing)
--           Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 2))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 1))))
--           SubPlan 2
--             ->  Seq Scan on shares sh_1
--                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 1
--             ->  Seq Scan on shares sh
--                   Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   SubPlan 9
--     ->  Index Scan using r_things_pkey on r_things tp_1
--           Index Cond: (id = t.f_thing)
--           Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 8))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 7))))
--           SubPlan 8
--             ->  Seq Scan on shares sh_3
--                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 7
--             ->  Seq Scan on shares sh_2
--                   Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   SubPlan 15
--     ->  Index Scan using r_things_pkey on r_things tp_2
--           Index Cond: (id = t.f_thing)
--           Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 14))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 13))))
--           SubPlan 14
--             ->  Seq Scan on shares sh_5
--                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 13
--             ->  Seq Scan on shares sh_4
--                   Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
