-- Documents that practitioners add by hand.
set role gt_owner;

-- A practitioner who has a bond with the person and holds documents may add one, as the source of what their organisation adds by hand: from
-- here to the end of the transaction they write as that source and as no other. patient: by whom the new document names whom it is about,
-- best the Patient of their own organisation. A row is returned or nothing was allowed.
create function record.begin_adding(files uuid[]) returns table (source text, patient text)
language plpgsql security definer set search_path = '' as $$
declare own text := lower(access.organisation()) || '-added-here';
begin
  if access.own_source() is not null or not coalesce('document' = any (access.categories()) and own = any (access.sources()), false)
    or not exists (
      select from access.reach r
      where r.person_key = any (files) and r.principal = any (access.principals())
        and r.since <= platform.now() and r.until > platform.now())
  then
    return;
  end if;
  select i.id into patient from record.resource i
    where i.person_key = any (files) and i.type = 'Patient'
    order by i.organisation = access.organisation() desc, i.received_at, i.id limit 1;
  if patient is null then
    return;
  end if;
  perform set_config('gt.own_source', own, true);
  source := own;
  return next;
end $$;
revoke all on function record.begin_adding from public;
grant execute on function record.begin_adding to gt_record;
