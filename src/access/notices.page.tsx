import { z } from 'zod'
import { anyone, page, type Route } from '../platform/index.ts'
import { addedHere, type Place } from './place.ts'

/** What residents and staff may read without signing in: privacy and rights, accessibility, cookies. In plain words. */
export function noticeRoutes(place: Place): Route[] {
  const notice = (
    path: '/privacy' | '/accessibility' | '/cookies' | '/about',
    title: string,
    Body: (props: { place: Place }) => preact.JSX.Element,
  ) =>
    page({
      method: 'GET',
      path,
      may: anyone('a public notice'),
      audit: 'notice',
      input: z.object({}),
      run: () => ({
        title,
        body: (
          <div class="nhsuk-grid-row">
            <div class="nhsuk-grid-column-two-thirds">
              <h1 class="nhsuk-heading-xl">{title}</h1>
              <Body place={place} />
            </div>
          </div>
        ),
      }),
    })
  return [
    notice('/privacy', 'Your record, your privacy and your rights', Privacy),
    notice('/accessibility', 'Accessibility', Accessibility),
    notice('/cookies', 'Cookies', Cookies),
    notice('/about', 'About this software', About),
  ]
}

const Privacy = ({ place }: { place: Place }) => (
  <>
    <p class="nhsuk-lede-text">
      When you are cared for in {place.name}, the people looking after you can see what other services know
      about you. This page says what they see, who decides, and what you can ask for.
    </p>
    <h2>What is shared</h2>
    <p>
      Your name, address and NHS number; your health conditions, allergies, medicines and test results; your
      hospital stays and appointments; your care plans; and help that you get from the council.
    </p>
    <p>It comes from these services. Each has signed the information sharing agreement.</p>
    <ul>
      {place.sources
        .filter((source) => source.connected && source.kind !== addedHere)
        .map((source) => (
          <li>
            {source.name}: {place.organisations.find((each) => each.code === source.organisation)?.name}
          </li>
        ))}
    </ul>
    <h2>Who can see it</h2>
    <p>
      Only people who are caring for you: the practice where you are registered, a ward or department that you
      are in, a team that has you on its list. Someone else who cares for you must say why, and it is checked.
      Each role sees only the kinds of information that it needs.
    </p>
    <p>Every time somebody looks, it is written down: who, when and why. You can ask for this list.</p>
    <h2>Why this is allowed</h2>
    <p>
      The law lets health and care services share information to care for you, and asks them to (UK GDPR
      articles 6(1)(e) and 9(2)(h), and the Health and Social Care Act 2012, section 251B). It is not used to
      sell you anything, and not given to insurers or employers.
    </p>
    <h2>What you can ask for</h2>
    <ul>
      <li>A copy of your record</li>
      <li>A list of who has looked at it</li>
      <li>To have something that is wrong put right</li>
      <li>
        Not to have your record shared between services. Tell your GP practice. In an emergency someone who
        treats you may still look, must say why, and this is checked
      </li>
      <li>To have your address protected, if someone may harm you</li>
    </ul>
    <h2>How to ask</h2>
    <p>
      {place.privacyContact.role}
      <br />
      <a href={`mailto:${place.privacyContact.email}`}>{place.privacyContact.email}</a>
      <br />
      {place.privacyContact.phone}
      <br />
      {place.privacyContact.address}
    </p>
    <p>
      If you are not content with the answer, you can complain to the{' '}
      <a href="https://ico.org.uk/make-a-complaint/">Information Commissioner’s Office</a>.
    </p>
  </>
)

const Accessibility = ({ place }: { place: Place }) => (
  <>
    <p>{place.service} is built to meet the Web Content Accessibility Guidelines 2.2 at level AA.</p>
    <p>
      Every page works with a keyboard alone, with a screen reader, at 400% zoom, and without JavaScript. Each
      journey is tested with automatic checks; nobody outside has audited it yet.
    </p>
    <p>
      If something does not work for you, tell{' '}
      <a href={`mailto:${place.privacyContact.email}`}>{place.privacyContact.email}</a>.
    </p>
  </>
)

const Cookies = () => (
  <>
    <p>
      There is one cookie, “session”. It keeps you signed in and is gone when you sign out. There are no
      others, and nothing here watches what you do on other sites.
    </p>
    <p>
      While you sign in to the demonstration its own sign-in service uses cookies of its own, which hold
      nothing about you.
    </p>
  </>
)

/** Section 13 of the licence: whoever uses the service over a network is told how to get its source. */
const About = ({ place }: { place: Place }) => (
  <>
    <p>
      {place.service} is open-source software under the GNU Affero General Public License, version 3 or later.
      It comes without warranty.
    </p>
    <p>
      You may have the source of the version that runs here, free of charge. Ask{' '}
      <a href={`mailto:${place.privacyContact.email}`}>{place.privacyContact.email}</a>.
    </p>
  </>
)
