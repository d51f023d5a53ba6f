/**
 * What must hold of every table, role and function, whoever wrote the migration. Each guard is one query whose rows are its faults:
 * an object and what is wrong with it. Ours is what gt_owner's schemas hold; graphile-worker keeps its own house.
 */
export const guards = {
  /** The second wall stands in front of every table about people, and its owner has no way round it. */
  'a table about people has row-level security, forced': `
    select ours.name as object, 'row-level security is not enabled and forced' as fault from ours
    where ours.has_person and not (ours.enabled and ours.forced)`,

  /** A policy that always says yes is no wall. gt_owner's own is for the narrow functions it owns; nobody signs in as gt_owner. */
  'a policy asks something of whoever reads': `
    select ours.name || ' ' || p.polname as object, 'lets everybody through' as fault
    from ours join pg_policy p on p.polrelid = ours.oid
    where (pg_get_expr(p.polqual, p.polrelid) = 'true' or pg_get_expr(p.polwithcheck, p.polrelid) = 'true')
      and p.polroles <> array['gt_owner'::regrole::oid]
    union all
    select ours.name || ' ' || p.polname, 'is for PUBLIC'
    from ours join pg_policy p on p.polrelid = ours.oid where 0 = any (p.polroles)`,

  /** A view reads as its owner unless told otherwise, and the owner passes every policy. */
  'a view reads as whoever asks': `
    select c.oid::regclass::text as object, 'is not security_invoker' as fault from pg_class c
    where c.relkind = 'v' and c.relowner = 'gt_owner'::regrole and not coalesce(c.reloptions @> array['security_invoker=true'], false)
    union all
    select c.oid::regclass::text, 'a materialised view has no row-level security' from pg_class c
    where c.relkind = 'm' and c.relowner = 'gt_owner'::regrole`,

  'every table says its class': `
    select ours.name as object, 'needs a comment “class: log”, “class: projection” or “class: machinery”' as fault from ours
    where ours.class is null`,

  /** Log: what was said stays said. Projection and machinery: rows may change, the table may not. */
  'grants go no further than the class allows': `
    select ours.name as object, granted.role || ' may ' || lower(granted.privilege) || ' a ' || coalesce(ours.class, 'table without class') as fault
    from ours join (
      select c.oid, acl.grantee, acl.privilege_type as privilege, acl.is_grantable from pg_class c, aclexplode(c.relacl) acl
      union all
      select a.attrelid, acl.grantee, acl.privilege_type, acl.is_grantable from pg_attribute a, aclexplode(a.attacl) acl
    ) acl on acl.oid = ours.oid
    cross join lateral (select case acl.grantee when 0 then 'PUBLIC' else acl.grantee::regrole::text end as role, acl.privilege) granted
    where granted.role <> 'gt_owner'
      and (granted.role not like 'gt\\_%' or acl.is_grantable or acl.privilege <> all (
        case ours.class when 'log' then array['SELECT', 'INSERT'] else array['SELECT', 'INSERT', 'UPDATE', 'DELETE'] end))`,

  'no role of ours has powers of the server': `
    select rolname as object, 'is superuser, bypasses row-level security, or makes roles, databases or replicas' as fault
    from pg_roles where rolname like 'gt\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
    union all
    select rolname, 'may sign in' from pg_roles where rolname like 'gt\\_%' and rolname <> 'gt_app' and rolcanlogin`,

  /** gt_app takes a capability's role for one transaction and gets nothing by itself; no capability has another's rights. */
  'gt_app takes one role at a time': `
    select m.member::regrole::text as object, 'is a member of ' || m.roleid::regrole::text || case when m.inherit_option then ' and inherits it' else '' end as fault
    from pg_auth_members m
    where m.member::regrole::text like 'gt\\_%'
      and (m.member <> 'gt_app'::regrole or m.roleid = 'gt_owner'::regrole or m.inherit_option or m.admin_option or m.roleid::regrole::text not like 'gt\\_%')`,

  'only gt_owner owns anything': `
    select o.what as object, 'is owned by ' || o.owner::regrole::text as fault
    from (
      select oid::regclass::text as what, relowner as owner from pg_class
      union all select oid::regprocedure::text, proowner from pg_proc
      union all select nspname, nspowner from pg_namespace
      union all select typname, typowner from pg_type
      union all select datname, datdba from pg_database
    ) o
    where o.owner::regrole::text like 'gt\\_%' and o.owner <> 'gt_owner'::regrole`,

  /** It is what Citus would distribute by, and what every look-up begins with. */
  'person_key comes first in the primary key': `
    select ours.name as object, 'its primary key does not begin with person_key' as fault from ours
    where ours.has_person and not ours.is_partition and not exists (
      select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = ours.oid and i.indisprimary and a.attname = 'person_key')`,

  /** Its parent's policies and grants are not its own: whoever could name a month's table would pass around them. */
  'a partition is reached through its parent alone': `
    select ours.name as object, acl.grantee::regrole::text || ' may use it by its own name' as fault
    from ours cross join lateral (select acl.grantee from pg_class c, aclexplode(c.relacl) acl where c.oid = ours.oid
      union all select acl.grantee from pg_attribute a, aclexplode(a.attacl) acl where a.attrelid = ours.oid) acl
    where ours.is_partition and acl.grantee <> 'gt_owner'::regrole
    union all
    select ours.name, 'has a policy of its own, ' || p.polname from ours join pg_policy p on p.polrelid = ours.oid
    where ours.is_partition and p.polroles <> array['gt_owner'::regrole::oid]`,

  /** A function that runs with its owner's rights finds only what it names, and is called only by those whom a migration names. */
  'a security definer function is closed': `
    select p.oid::regprocedure::text as object, 'does not set search_path' as fault from pg_proc p
    where p.prosecdef and p.proowner = 'gt_owner'::regrole
      and not coalesce((select bool_or(setting in ('search_path=', 'search_path=""')) from unnest(p.proconfig) setting), false)
    union all
    select p.oid::regprocedure::text, 'may be called by PUBLIC' from pg_proc p
    where p.prosecdef and p.proowner = 'gt_owner'::regrole
      and (p.proacl is null or exists (select from aclexplode(p.proacl) acl where acl.grantee = 0))
    union all
    select p.oid::regprocedure::text, 'is owned by a role that passes every policy' from pg_proc p join pg_roles r on r.oid = p.proowner
    where p.prosecdef and (r.rolsuper or r.rolbypassrls) and p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'graphile_worker')`,

  /** An app asks as gt_record: whatever that role reads about people it reads through the wall in front of what an app was not given. */
  'an app sees no more than it was given': `
    select ours.name as object, 'has no policy within_app; access.guard or access.narrow_for_apps makes it' as fault
    from ours, aclexplode(ours.acl) acl
    where ours.name like 'record.%' and ours.has_person and acl.grantee = 'gt_record'::regrole and acl.privilege_type = 'SELECT'
      and not exists (select from pg_policy p where p.polrelid = ours.oid and p.polname = 'within_app' and not p.polpermissive)`,

  /** What nobody may do without taking a role first. */
  'gt_app by itself may nothing': `
    select ours.name as object, 'gt_app may use it without taking a role' as fault from ours, aclexplode(ours.acl) acl
    where acl.grantee = 'gt_app'::regrole`,
} as const

export type Guard = keyof typeof guards

/** Tables about people that are keyed by something else, and why. */
export const keyedOtherwise: Readonly<Record<string, string>> = {
  'access.audit': 'an act may concern nobody, and the seal goes through it in order of transactions',
  'feeds.extract_line_state': 'keyed by the line: one in quarantine is about nobody yet',
  'feeds.message_state': 'keyed by the message: one in quarantine is about nobody yet',
  'people.identifier_claim': 'unique by identifier: two people cannot be made at once from one number',
  'record.resource_home': 'answers which file a resource id lives in, before the file is known',
}

/** The guard's query over what is ours. */
export const queryOf = (guard: Guard): string => `
  with ours as (
    select c.oid, c.oid::regclass::text as name, c.relacl as acl, c.relispartition as is_partition, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
           substring(obj_description(c.oid, 'pg_class') from '^class: (log|projection|machinery)$') as class,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'person_key' and not a.attisdropped) as has_person
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspowner = 'gt_owner'::regrole
  )
  ${guards[guard]} order by object, fault`
