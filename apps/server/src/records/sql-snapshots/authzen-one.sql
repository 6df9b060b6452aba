-- a decision on one record, by its id or its external id
-- $1 a number
-- $2 "019b0000-0000-7000-8000-000000000027"
-- $3 "019b0000-0000-7000-8000-000000000027"
-- $4 a number
-- $5 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
-- $6 "2026-03-02T10:00:00.000Z"
-- $7 2 numbers
-- $8 1 numbers
select s.stamp, case when s.stamp = "v"."a0" then coalesce((select (case when t.deleted_at is not null then 0 when ((("t"."bucket" = any("v"."a3")) or its.shared_level >= 2) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a4")) or its.shared_level >= 1))) then $1::int else 0 end)::text
from (select t.*
from "r_things" as t
where t.id = coalesce((select o.id
from "r_things" as o
where o.id = $2::uuid), (select o.id
from "r_things" as o
where o.external_id = $3::text))) as t
cross join lateral (select case when t.shares_count > 0 then coalesce((select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a1")) is true and (sh.expires_at is null or sh.expires_at > "v"."a2")), 0) else 0 end as shared_level offset 0) as its), '-') end as "levels0"
from (select $4::bigint as "a0", $5::text[] as "a1", $6::timestamptz as "a2", $7::int[] as "a3", $8::int[] as "a4" ) as "v"
cross join head s

-- plan
-- Seq Scan on head s
--   InitPlan 4
--     ->  Nested Loop
--           InitPlan 1
--             ->  Index Only Scan using r_things_pkey on r_things o
--                   Index Cond: (id = ?::uuid)
--           InitPlan 2
--             ->  Index Scan using "i_things$$external" on r_things o_1
--                   Filter: (external_id = ?::text)
--           ->  Index Scan using r_things_pkey on r_things t
--                 Index Cond: (id = COALESCE((InitPlan 1).col1, (InitPlan 2).col1))
--           ->  Result
--                 InitPlan 3
--                   ->  Aggregate
--                         ->  Seq Scan on shares sh
--                               Filter: (((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
