import { dateInWords, howLongAgo, londonDate, Tag } from '../../../platform/ui/index.ts'
import { Entries, Entry, NoneShown, Part } from '../frame/entry.tsx'
import { isConcern } from '../frame/flag.ts'
import type { Frame } from '../frame/frame.tsx'
import { listed } from '../frame/gaps.ts'
import { dayInWords, momentInWords } from '../frame/when.ts'
import type { Address } from '../frame/who.ts'
import { dayOfStay, encounterTitle, isStay } from '../lists/encounter.ts'
import type { EncounterRow } from '../lists/encounters.queries.ts'
import type { Involved } from './involved.ts'
import type { EpisodeRow, PlanRow, ReferralRow } from './summary.queries.ts'

type Now = { here: EncounterRow[]; episodes: EpisodeRow[]; referrals: ReferralRow[] }

/** Where the person is and what is under way. */
export function NowPart({ frame, here, episodes, referrals }: { frame: Frame } & Now) {
  const nothing = here.length === 0 && episodes.length === 0 && referrals.length === 0
  return (
    <Part id="now" title="Going on now">
      {nothing && (
        <NoneShown
          frame={frame}
          subject="stays, attendances, open care or referrals"
          categories={['activity', 'mental-health']}
        />
      )}
      {!nothing && (
        <Entries>
          {here.map((encounter) => (
            <HereEntry frame={frame} encounter={encounter} />
          ))}
          {episodes.map((episode) => (
            <EpisodeEntry frame={frame} episode={episode} />
          ))}
          {referrals.map((referral) => (
            <ReferralEntry frame={frame} referral={referral} />
          ))}
        </Entries>
      )}
    </Part>
  )
}

function HereEntry({ frame, encounter }: { frame: Frame; encounter: EncounterRow }) {
  const { shield, now } = frame
  const where = shield.location(encounter.location_display ?? encounter.provider_display)
  const began = momentInWords({ text: encounter.started, at: encounter.started_at })
  const days =
    isStay(encounter) && encounter.started_at
      ? `day ${dayOfStay(londonDate(encounter.started_at), londonDate(now))}`
      : undefined
  return (
    <Entry
      frame={frame}
      title={where ?? encounterTitle(encounter, shield.hides)}
      tags={
        <Tag colour="green" classes="gt-tag">
          {isStay(encounter) ? 'In hospital now' : 'There now'}
        </Tag>
      }
      sources={[
        {
          source: encounter.source,
          author: encounter.author_display,
          receivedAt: encounter.received_at,
          id: encounter.resource_id,
        },
      ]}
    >
      {[
        where && encounterTitle(encounter, shield.hides),
        encounter.reason_text,
        began && `since ${began}`,
        days,
      ]
        .filter(Boolean)
        .join(', ')}
    </Entry>
  )
}

function EpisodeEntry({ frame, episode }: { frame: Frame; episode: EpisodeRow }) {
  const { shield } = frame
  const began = dayInWords({ text: episode.started, at: episode.started_at })
  return (
    <Entry
      frame={frame}
      screenOnly={isConcern(episode)}
      title={episode.type_text ?? 'Open care'}
      tags={
        <Tag colour="blue" classes="gt-tag">
          {episode.status === 'onhold' ? 'On hold' : episode.status === 'waitlist' ? 'Waiting' : 'Open'}
        </Tag>
      }
      sources={[
        {
          source: episode.source,
          author: episode.care_manager_display,
          receivedAt: episode.received_at,
          id: episode.resource_id,
        },
      ]}
    >
      {[shield.location(episode.team_display), began && `since ${began}`].filter(Boolean).join(', ')}
    </Entry>
  )
}

function ReferralEntry({ frame, referral }: { frame: Frame; referral: ReferralRow }) {
  const { shield } = frame
  const made = dayInWords({ text: referral.authored, at: referral.authored_at })
  const to = shield.location(referral.performer_display)
  return (
    <Entry
      frame={frame}
      screenOnly={isConcern(referral)}
      title={shield.hides ? 'Referral' : (referral.title ?? 'Referral')}
      tags={
        <Tag colour={urgent(referral) ? 'red' : 'blue'} classes="gt-tag">
          {urgent(referral) ? 'Urgent referral, open' : 'Referral, open'}
        </Tag>
      }
      sources={[
        {
          source: referral.source,
          author: referral.requester_display,
          receivedAt: referral.received_at,
          id: referral.resource_id,
        },
      ]}
    >
      {[referral.reason_text, to && `to ${to}`, made && `made ${made}`].filter(Boolean).join(', ')}
    </Entry>
  )
}

const urgent = ({ priority }: ReferralRow): boolean => priority !== null && priority !== 'routine'

export function InvolvedPart({ frame, involved }: { frame: Frame; involved: Involved[] }) {
  const { who, shield, place, now } = frame
  const practices = shield.hides
    ? []
    : who.practices.map((code) => place.organisations.find((each) => each.code === code)?.name ?? code)
  return (
    <Part id="involved" title="Who is involved">
      {practices.length > 0 && <p class="gt-entry__detail">Registered with {practices.join(' and ')}</p>}
      {!shield.hides &&
        who.addresses.slice(1).map((address) => <OtherAddress frame={frame} address={address} />)}
      {involved.length === 0 && (
        <NoneShown
          frame={frame}
          subject="teams or practitioners"
          categories={['activity', 'mental-health']}
        />
      )}
      {involved.length > 0 && (
        <Entries>
          {involved.map((one) => (
            <Entry
              frame={frame}
              title={shield.location(one.team) ?? shield.author(one.person) ?? shield.source(one.source)}
              sources={[{ source: one.source, author: null, receivedAt: one.receivedAt }]}
            >
              {[
                one.team === undefined ? undefined : shield.author(one.person),
                one.team === undefined && !shield.hides ? one.what : undefined,
                one.lastContact
                  ? `last contact ${dateInWords(londonDate(one.lastContact))}, ${howLongAgo(one.lastContact, now)}`
                  : undefined,
              ]
                .filter(Boolean)
                .join(', ')}
            </Entry>
          ))}
        </Entries>
      )}
    </Part>
  )
}

/** Services that were not told of a move go on visiting where the person no longer is. */
function OtherAddress({ frame: { shield }, address }: { frame: Frame; address: Address }) {
  const names = listed([...new Set(address.sources.map(shield.source))])
  return (
    <p class="gt-entry__detail">
      Another address, given by {names}: {address.lines.join(', ')}
    </p>
  )
}

export function PlansPart({ frame, plans }: { frame: Frame; plans: PlanRow[] }) {
  const { shield } = frame
  return (
    <Part id="plans" title="Care plans">
      {plans.length === 0 && (
        <NoneShown
          frame={frame}
          subject="care plans"
          categories={['care-plan', 'mental-health', 'social-care']}
        />
      )}
      {plans.length > 0 && (
        <Entries>
          {plans.map((plan) => (
            <Entry
              frame={frame}
              screenOnly={isConcern(plan)}
              title={plan.title ?? plan.category_text ?? 'Care plan'}
              sources={[
                {
                  source: plan.source,
                  author: plan.author_display,
                  receivedAt: plan.received_at,
                  id: plan.resource_id,
                  more: planDay(plan),
                },
              ]}
            >
              {shield.location(plan.description)}
              {shield.location(plan.activities) && <span class="gt-entry__list">{plan.activities}</span>}
            </Entry>
          ))}
        </Entries>
      )}
    </Part>
  )
}

const planDay = (plan: PlanRow): string | undefined => {
  const day = dayInWords({ text: plan.started ?? plan.created, at: plan.started_at ?? plan.created_at })
  return day && `made ${day}`
}
