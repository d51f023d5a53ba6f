import { type Account, NOTHING, only } from './account.ts'

/** How surgeons and those who mend bones tell of it; sources as in stays-of-heart-and-lungs.ts. */
export const INJURY_AND_SURGERY_STAYS: Readonly<Record<string, Account>> = {
  Fall: {
    came: [
      'Found on the kitchen floor by a neighbour after about two hours.',
      'Slipped getting out of bed in the night and could not get up.',
      'Tripped on a rug; pressed the pendant alarm.',
      'Third fall this month, legs gave way in the hall.',
    ],
    found: [
      'No fracture on X-ray of hip and pelvis. CT of the head showed no bleed.',
      'No bone injury. Blood pressure fell by 28 on standing.',
      'Skin tear to the {side} shin. Creatine kinase mildly raised after lying on the floor.',
    ],
    done: [
      'Walking with a frame and one person by the end. Skin tear dressed.',
      'Seen by physiotherapist and occupational therapist; walking with a frame alone.',
      'Fluids, tablets that cause dizziness reduced, stairs practised.',
    ],
    asks: [
      'Please repeat lying and standing blood pressure in two weeks.',
      'Please consider bone protection. Falls clinic requested.',
      'Please review medicines that cause dizziness.',
    ],
  },
  'Fall with injury': {
    came: [
      only('Fell down four stairs, struck the {side} side.', { of: /ribs|hip/i }),
      'Tripped outside on a kerb.',
      'Fell from standing in the bathroom.',
    ],
    found: [
      only('CT of the head: no bleed. Wound closed with glue.', { of: /head|scalp/i }),
      only('X-ray: two broken ribs on the {side}, no pneumothorax.', { of: /ribs/i }),
      only('No fracture on CT of hip and pelvis.', { of: /hip/i }),
    ],
    done: [
      'Painkillers and physiotherapy; walking as before.',
      only('Head injury observations steady. Wound clean.', { of: /head|scalp/i }),
    ],
    asks: [
      only('Head injury advice given. Please review pain relief in a week.', { of: /head|scalp/i }),
      only('Please check wound in five days.', { of: /scalp/i }),
      'Please consider bone protection.',
    ],
  },
  'Fracture of neck of femur': {
    came: [
      'Fell in the garden and could not stand.',
      'Fell from bed height; {side} leg short and turned out.',
      'Tripped over the cat in the hall.',
    ],
    found: [
      'X-ray: displaced fracture of the {side} neck of femur.',
      'X-ray: extracapsular fracture of the {side} hip.',
    ],
    done: [
      'Operated on the next day. Up with the physiotherapist on the first day after. Seen by the orthogeriatrician.',
      'Operation within 36 hours; one unit of blood. Walking with a frame by the end.',
    ],
    asks: [
      'Please continue bone protection and check full blood count in two weeks. Blood-thinning injections for 28 days.',
      'Clips out on day fourteen. Fracture liaison nurse will write.',
    ],
  },
  'Fracture of wrist': {
    came: ['Fell on the outstretched {side} hand.', 'Slipped on ice.'],
    found: [
      'X-ray: displaced fracture of the {side} distal radius.',
      'Nerves and circulation of the hand normal.',
    ],
    done: ['Fixed with a plate under regional anaesthetic.', 'Manipulated and put in plaster.'],
    asks: ['Fracture clinic in a week. Please assess bone health.', 'Fracture clinic in two weeks.'],
  },
  'Fracture of lower leg, including ankle': {
    came: [
      only('Twisted the {side} ankle stepping off a kerb.', { of: /ankle/i }),
      'Fell from a ladder.',
      only('Tackled at football.', { of: /tibia/i }),
    ],
    found: ['X-ray: fracture of the {side} leg, skin intact.', 'X-ray: unstable fracture, {side}.'],
    done: [
      'Fixed with plate and screws once swelling allowed.',
      'Plaster, crutches, and stairs practised with the physiotherapist.',
    ],
    asks: [
      'Fracture clinic in two weeks. No weight on the leg for six weeks. Blood-thinning injections till then.',
      'Fracture clinic in one week.',
    ],
  },
  'Injured in a road accident': {
    came: [
      only('Driver, struck from the side at about 30 miles an hour.', { of: /whiplash|chest/i }),
      only('Knocked off a bicycle by a car.', { of: /bicycle/i }),
      only('Pedestrian struck at low speed.', { of: /chest/i }),
    ],
    found: [
      'CT of head, neck and body: no serious injury.',
      only('Broken {side} collarbone; scans otherwise clear.', { of: /bicycle/i }),
    ],
    done: [
      'Watched overnight; painkillers, moving freely.',
      only('Sling, painkillers and physiotherapy.', { of: /bicycle/i }),
    ],
    asks: ['Fit note for two weeks given where needed.', 'Fracture clinic in two weeks.'],
  },
  'Head injury': {
    came: ['Struck the head in a fall, vomited twice.', 'Knocked out for some seconds.'],
    found: ['CT of the head: no bleed, no fracture.', 'GCS 15 throughout.'],
    done: ['Neurological observations steady.', 'Watched overnight; headache settling.'],
    asks: ['Head injury advice given.', NOTHING],
  },
  'Back pain': {
    came: [
      'Sudden low back pain on lifting, unable to stand straight.',
      'Worsening back pain down the {side} leg.',
    ],
    found: [
      'No red flags; MRI showed no compression of the cauda equina.',
      'Reflexes normal; straight leg raising limited on the {side}.',
    ],
    done: [
      'Painkillers and physiotherapy; walking to the bathroom.',
      'Settled with naproxen and short-term codeine.',
    ],
    asks: ['Please review painkillers in two weeks; not to go on long term.', 'Physiotherapy referral made.'],
  },
  'Abdominal pain': {
    came: [
      'Two days of cramping pain in the lower abdomen.',
      'Severe upper abdominal pain after eating.',
      'Pain in the {side} side of the abdomen with sickness.',
    ],
    found: [
      'CT: constipation, nothing surgical.',
      'Ultrasound and bloods normal.',
      'CT: uncomplicated diverticulitis.',
    ],
    done: [
      'Settled with fluids and painkillers.',
      'Watched without food, then ate normally. No operation needed.',
    ],
    asks: ['Please review if pain returns.', 'Outpatient colonoscopy requested.', NOTHING],
  },
  'Acute appendicitis': {
    came: [
      'A day of pain that moved to the right side, with vomiting.',
      'Right-sided abdominal pain, off food.',
    ],
    found: [
      'Tender with guarding in the right iliac fossa. Ultrasound: swollen appendix.',
      'CT: inflamed appendix without abscess.',
    ],
    done: [
      'Keyhole appendicectomy; appendix inflamed, not perforated.',
      'Appendix removed through keyholes; perforated, washed out, five days of antibiotics.',
    ],
    asks: ['Stitches dissolve. No heavy lifting for two weeks.', NOTHING],
  },
  'Acute cholecystitis': {
    came: [
      'Two days of pain under the right ribs after fatty food, with fever.',
      'Upper abdominal pain going through to the back, vomiting.',
    ],
    found: [
      'Ultrasound: gallstones and a thickened gallbladder wall, ducts not dilated.',
      'Murphy’s sign positive. MRCP: no stone in the duct.',
    ],
    done: [
      'Intravenous antibiotics, then by mouth for five days.',
      'Antibiotics and fluids; eating a light diet.',
    ],
    asks: [
      'On the list for gallbladder removal. Low-fat diet.',
      'Please check liver tests in two weeks. Surgeons will write about an operation.',
    ],
  },
  'Intestinal obstruction': {
    came: [
      'Vomiting and no wind for two days, abdomen swollen.',
      'Colicky pain and distension; earlier abdominal surgery.',
    ],
    found: ['CT: small bowel obstruction from adhesions.', 'CT: obstruction without a mass.'],
    done: [
      'Nasogastric tube and fluids; opened bowels on day three.',
      'Drip and suck, then built up from fluids to food.',
    ],
    asks: ['Please keep stools soft.', 'Surgical clinic in six weeks.'],
  },
  'Renal colic': {
    came: ['Sudden pain from the {side} loin to the groin.', 'Waves of {side} flank pain with vomiting.'],
    found: [
      'CT: 4mm stone in the {side} lower ureter.',
      'CT: 6mm stone at the {side} ureter, kidney mildly swollen.',
    ],
    done: ['Diclofenac and tamsulosin; pain settled.', 'Pain relief and fluids; no infection.'],
    asks: ['Stone clinic in four weeks. Sieve urine.', 'To come back with fever or pain.'],
  },
  'Retention of urine': {
    came: [
      'Unable to pass urine since the night before.',
      'Painful swelling of the lower abdomen, passing drops only.',
    ],
    found: [
      only('Bladder scan 900ml. Prostate enlarged, smooth.', { sex: 'male' }),
      'Bladder scan 750ml; constipated.',
    ],
    done: [only('Catheter passed; tamsulosin started.', { sex: 'male' }), 'Catheter and laxatives.'],
    asks: [
      'Trial without catheter in two weeks by the district nurses.',
      only('Catheter clinic booked. Please do not send PSA for six weeks.', { sex: 'male' }),
    ],
  },
  'Reduced mobility and unable to manage at home': {
    came: [
      'Could not get out of the chair for two days; spouse or family unable to cope.',
      'Less steady over weeks, and carers found the bed wet.',
    ],
    found: ['No new illness; deconditioned and under weight.', 'Constipated and dry; no infection.'],
    done: [
      'Therapy daily; transfers with one person. Home visit by occupational therapist.',
      'Comprehensive geriatric assessment; medicines cut down.',
    ],
    asks: [
      'Please review frailty and whether there is an advance care plan.',
      'Please review weight in a month; dietitian has seen.',
    ],
  },
}
