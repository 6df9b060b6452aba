-- one record that is reached through another
-- $1 4 numbers
-- $2 1 numbers
-- $3 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $4 a number
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 4 numbers
-- $7 1 numbers
-- $8 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $9 a number
-- $10 "2026-03-02T10:00:00.000Z"
-- $11 1 numbers
-- $12 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $13 a number
-- $14 "2026-03-02T10:00:00.000Z"
-- $15 1 numbers
-- $16 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $17 a number
-- $18 "2026-03-02T10:00:00.000Z"
-- $19 4 numbers
-- $20 1 numbers
-- $21 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $22 a number
-- $23 "2026-03-02T10:00:00.000Z"
-- $24 4 numbers
-- $25 1 numbers
-- $26 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $27 a number
-- $28 "2026-03-02T10:00:00.000Z"
-- $29 1 numbers
-- $30 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $31 a number
-- $32 "2026-03-02T10:00:00.000Z"
-- $33 4 numbers
-- $34 1 numbers
-- $35 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $36 a number
-- $37 "2026-03-02T10:00:00.000Z"
-- $38 1 numbers
-- $39 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $40 a number
-- $41 "2026-03-02T10:00:00.000Z"
-- $42 1 numbers
-- $43 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $44 a number
-- $45 "2026-03-02T10:00:00.000Z"
-- $46 "019b0000-0000-7000-8000-000000004000"
-- $47 4 numbers
-- $48 1 numbers
-- $49 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $50 a number
-- $51 "2026-03-02T10:00:00.000Z"
-- $52 4 numbers
-- $53 1 numbers
-- $54 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $55 a number
-- $56 "2026-03-02T10:00:00.000Z"
-- $57 1 numbers
-- $58 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $59 a number
-- $60 "2026-03-02T10:00:00.000Z"
-- $61 4 numbers
-- $62 1 numbers
-- $63 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $64 a number
-- $65 "2026-03-02T10:00:00.000Z"
-- $66 1 numbers
-- $67 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $68 a number
-- $69 "2026-03-02T10:00:00.000Z"
-- $70 4 numbers
-- $71 1 numbers
-- $72 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $73 a number
-- $74 "2026-03-02T10:00:00.000Z"
-- $75 1 numbers
-- $76 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $77 a number
-- $78 "2026-03-02T10:00:00.000Z"
-- $79 1 numbers
-- $80 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $81 a number
-- $82 "2026-03-02T10:00:00.000Z"
-- $83 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_thing", (case when (((("t"."bucket" = any($1::int[])) or "t"."owner_id" = any($2::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($3::text[])) is true and sh.level >= $4::smallint and (sh.expires_at is null or sh.expires_at > $5::timestamptz) offset 0)) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any($6::int[])) or "tp"."owner_id" = any($7::int[])) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($8::text[])) is true and sh.level >= $9::smallint and (sh.expires_at is null or sh.expires_at > $10::timestamptz) offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any($11::int[]) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($12::text[])) is true and sh.level >= $13::smallint and (sh.expires_at is null or sh.expires_at > $14::timestamptz) offset 0))))))) and not ("t"."confidential" and not ("t"."owner_id" = any($15::int[]) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($16::text[])) is true and sh.level >= $17::smallint and (sh.expires_at is null or sh.expires_at > $18::timestamptz) offset 0))))) then 3 when (((("t"."bucket" = any($19::int[])) or "t"."owner_id" = any($20::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($21::text[])) is true and sh.level >= $22::smallint and (sh.expires_at is null or sh.expires_at > $23::timestamptz) offset 0)) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any($24::int[])) or "tp"."owner_id" = any($25::int[])) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($26::text[])) is true and sh.level >= $27::smallint and (sh.expires_at is null or sh.expires_at > $28::timestamptz) offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any($29::int[]) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($30::text[])) is true and sh.level >= $31::smallint and (sh.expires_at is null or sh.expires_at > $32::timestamptz) offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any($33::int[])) or "tp"."owner_id" = any($34::int[])) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($35::text[])) is true and sh.level >= $36::smallint and (sh.expires_at is null or sh.expires_at > $37::timestamptz) offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any($38::int[]) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($39::text[])) is true and sh.level >= $40::smallint and (sh.expires_at is null or sh.expires_at > $41::timestamptz) offset 0))))))) and not ("t"."confidential" and not ("t"."owner_id" = any($42::int[]) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($43::text[])) is true and sh.level >= $44::smallint and (sh.expires_at is null or sh.expires_at > $45::timestamptz) offset 0))))) then 2 else 1 end) as level
from "r_parts" as t
where t.id = $46::uuid and t.deleted_at is null and (((("t"."bucket" = any($47::int[])) or "t"."owner_id" = any($48::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($49::text[])) is true and sh.level >= $50::smallint and (sh.expires_at is null or sh.expires_at > $51::timestamptz) offset 0)) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any($52::int[])) or "tp"."owner_id" = any($53::int[])) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($54::text[])) is true and sh.level >= $55::smallint and (sh.expires_at is null or sh.expires_at > $56::timestamptz) offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any($57::int[]) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($58::text[])) is true and sh.level >= $59::smallint and (sh.expires_at is null or sh.expires_at > $60::timestamptz) offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any($61::int[])) or "tp"."owner_id" = any($62::int[])) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($63::text[])) is true and sh.level >= $64::smallint and (sh.expires_at is null or sh.expires_at > $65::timestamptz) offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any($66::int[]) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($67::text[])) is true and sh.level >= $68::smallint and (sh.expires_at is null or sh.expires_at > $69::timestamptz) offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (((("tp"."bucket" = any($70::int[])) or "tp"."owner_id" = any($71::int[])) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($72::text[])) is true and sh.level >= $73::smallint and (sh.expires_at is null or sh.expires_at > $74::timestamptz) offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any($75::int[]) or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any($76::text[])) is true and sh.level >= $77::smallint and (sh.expires_at is null or sh.expires_at > $78::timestamptz) offset 0))))))) and not ("t"."confidential" and not ("t"."owner_id" = any($79::int[]) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($80::text[])) is true and sh.level >= $81::smallint and (sh.expires_at is null or sh.expires_at > $82::timestamptz) offset 0)))))) r on s.stamp = $83::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Index Scan using r_parts_pkey on r_parts t
--         Index Cond: (id = ?::uuid)
--         Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 42))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 23)) OR EXISTS(SubPlan 26) OR EXISTS(SubPlan 32) OR EXISTS(SubPlan 38)))
--         SubPlan 1
--           ->  Seq Scan on shares sh
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 4
--           ->  Index Scan using r_things_pkey on r_things tp
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 3))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 2))))
--                 SubPlan 3
--                   ->  Seq Scan on shares sh_2
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 2
--                   ->  Seq Scan on shares sh_1
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 8
--           ->  Seq Scan on shares sh_3
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 9
--           ->  Seq Scan on shares sh_4
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 12
--           ->  Index Scan using r_things_pkey on r_things tp_1
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 11))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 10))))
--                 SubPlan 11
--                   ->  Seq Scan on shares sh_6
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 10
--                   ->  Seq Scan on shares sh_5
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 18
--           ->  Index Scan using r_things_pkey on r_things tp_2
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 17))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 16))))
--                 SubPlan 17
--                   ->  Seq Scan on shares sh_8
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 16
--                   ->  Seq Scan on shares sh_7
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 22
--           ->  Seq Scan on shares sh_9
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 42
--           ->  Seq Scan on shares sh_17
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 23
--           ->  Seq Scan on shares sh_10
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 26
--           ->  Index Scan using r_things_pkey on r_things tp_3
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 25))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 24))))
--                 SubPlan 25
--                   ->  Seq Scan on shares sh_12
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 24
--                   ->  Seq Scan on shares sh_11
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 32
--           ->  Index Scan using r_things_pkey on r_things tp_4
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 31))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 30))))
--                 SubPlan 31
--                   ->  Seq Scan on shares sh_14
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_4.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 30
--                   ->  Seq Scan on shares sh_13
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_4.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 38
--           ->  Index Scan using r_things_pkey on r_things tp_5
--                 Index Cond: (id = t.f_thing)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 37))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 36))))
--                 SubPlan 37
--                   ->  Seq Scan on shares sh_16
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_5.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 36
--                   ->  Seq Scan on shares sh_15
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = tp_5.id) AND ((grantee = ANY (?::text[])) IS TRUE))
