import type { ComponentChildren } from 'preact'
import { classNames } from '../nhsuk/options.ts'
import { ageAt, bannerDate, familyGiven, type IsoDate } from '../words.ts'
import { NhsNumber } from './nhs-number.tsx'

export interface PatientBannerProps {
  name: { family?: string | undefined; given?: string | undefined; prefix?: string | undefined }
  preferredName?: string | undefined
  birthDate?: IsoDate | undefined
  /** A date, or true when the person has died and no source says when. */
  died?: IsoDate | true | undefined
  gender?: string | undefined
  nhsNumber?: string | undefined
  /** Today, which the age is worked out from. */
  today: IsoDate | Date
  address?: readonly string[] | undefined
  phones?: readonly { label: string; number: string }[] | undefined
  /** The person must not be found: the address and phone are not written into the page at all. */
  protectedAddress?: boolean | undefined
  /** Where the name leads, on pages away from the record itself. */
  href?: string | undefined
  wide?: boolean | undefined
  /** The line of allergies and alerts, which is always in sight. */
  children?: ComponentChildren
}

/**
 * Who this is, at the top of every page about one person: name, date of birth, gender, NHS number in that
 * order, without colons, what is not known said so (ISB 1505, NHS CUI Patient Banner).
 */
export function PatientBanner(props: PatientBannerProps) {
  const name = familyGiven(props.name)
  return (
    <section class={classNames('gt-banner', props.died && 'gt-banner--died')} aria-label={`Person ${name}`}>
      <div class={classNames('nhsuk-width-container', props.wide && 'gt-width-wide')}>
        <div class="gt-banner__who">
          <div class="gt-banner__names">
            <p class="gt-banner__name">{props.href ? <a href={props.href}>{name}</a> : name}</p>
            {props.preferredName && (
              <p class="gt-banner__preferred">
                Preferred name <strong>{props.preferredName}</strong>
              </p>
            )}
          </div>
          <dl class="gt-banner__facts">
            <Dates {...props} />
            <Fact label="Gender">{props.gender ?? 'Not known'}</Fact>
            <Fact label="NHS No.">
              <NhsNumber value={props.nhsNumber} />
            </Fact>
          </dl>
        </div>
        {props.children && <div class="gt-banner__alerts">{props.children}</div>}
        <Contact {...props} />
      </div>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="gt-banner__fact">
      <dt>{label}</dt> <dd>{children}</dd>
    </div>
  )
}

function Dates({ birthDate, died, today }: PatientBannerProps) {
  const born = birthDate ? bannerDate(birthDate) : 'Not known'
  if (!died) return <Fact label="Born">{birthDate ? `${born} (${ageAt(birthDate, today)})` : born}</Fact>
  const age = birthDate && died !== true ? ageAt(birthDate, died) : 'Not known'
  return (
    <>
      <Fact label="Born">{born}</Fact>
      <Fact label="Died">{died === true ? 'Date not known' : bannerDate(died)}</Fact>
      <Fact label="Age at death">{age}</Fact>
    </>
  )
}

function Contact({ address, phones, protectedAddress }: PatientBannerProps) {
  if (protectedAddress) {
    return (
      <p class="gt-banner__protected">
        <strong>Address protected</strong> Do not ask for it, write it down or say it aloud.
      </p>
    )
  }
  return (
    <details class="gt-banner__more">
      <summary>Address and phone</summary>
      <dl class="gt-banner__contact">
        <div>
          <dt>Address</dt>
          <dd>{address?.length ? address.join(', ') : 'Not known'}</dd>
        </div>
        {phones?.length ? (
          phones.map(({ label, number }) => (
            <div>
              <dt>{label}</dt>
              <dd class="nhsuk-u-nowrap">{number}</dd>
            </div>
          ))
        ) : (
          <div>
            <dt>Phone</dt>
            <dd>Not known</dd>
          </div>
        )}
      </dl>
    </details>
  )
}
