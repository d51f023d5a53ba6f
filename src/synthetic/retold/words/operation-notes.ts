/** What a day in hospital for it is said to have been, by OPCS-4 code; everything else went to plan. */
export const OPERATION_NOTES: Readonly<Record<string, { did: readonly string[]; asks: readonly string[] }>> =
  {
    A521: {
      did: ['Steroid injected at L4/5 under X-ray.'],
      asks: ['Pain clinic will telephone in six weeks.'],
    },
    A651: {
      did: ['Released under local anaesthetic, nerve intact.'],
      asks: ['Stitches out at ten days by the practice nurse, please.'],
    },
    B283: { did: ['Lump removed and sent to the laboratory.'], asks: ['Results clinic in two weeks.'] },
    C712: {
      did: [
        'Phacoemulsification under drops; clear lens in place.',
        'Uncomplicated surgery under local anaesthetic.',
      ],
      asks: ['Steroid and antibiotic drops for four weeks. Optician at six weeks.'],
    },
    D151: { did: ['Grommets in both ears; thick fluid sucked out.'], asks: ['Hearing test in six weeks.'] },
    F091: {
      did: ['Tooth divided and removed; stitches dissolve.'],
      asks: ['Soft diet. Ring if numbness goes on.'],
    },
    F341: {
      did: ['Tonsils removed by coblation, dry at the end.'],
      asks: ['Two weeks off school or work. Any bleeding: straight to hospital.'],
    },
    G459: {
      did: [
        'Small hiatus hernia; biopsies taken.',
        'Normal to the second part of the duodenum; H. pylori test negative.',
        'Mild gastritis; biopsies taken.',
      ],
      asks: ['Proton pump inhibitor for eight weeks, please.', 'Biopsy results will follow by letter.'],
    },
    H011: {
      did: [
        'Appendix removed through keyholes, inflamed but whole.',
        'Keyhole appendicectomy; perforated, washed out, five days of antibiotics.',
      ],
      asks: ['Stitches dissolve. No heavy lifting for two weeks.'],
    },
    K751: {
      did: ['Angioplasty with one stent through the wrist; no pain afterwards.'],
      asks: [
        'Two antiplatelets for twelve months, please. Cardiac rehabilitation will be in touch. No driving for a week.',
      ],
    },
    T413: {
      did: ['Adhesions divided; bowel alive, none removed.'],
      asks: ['Clips out at ten days, please. Surgical clinic in six weeks.'],
    },
    W191: {
      did: [
        'Fixed with a sliding screw next morning. Up with the physiotherapist the day after; seen by the orthogeriatrician.',
        'Fixed within 36 hours; one unit of blood. Walking with a frame by the end.',
      ],
      asks: [
        'Blood-thinning injections for 28 days. Bone protection started, please continue. Clips out on day fourteen.',
        'Please check full blood count in two weeks. Fracture liaison nurse will write.',
      ],
    },
    W201: {
      did: [
        'Fixed with plate and screws; X-ray good.',
        'Fixed once the swelling allowed; nerves and circulation normal after.',
      ],
      asks: ['Fracture clinic in two weeks; stitches out there.'],
    },
    H229: {
      did: [
        'To the caecum; two small polyps removed.',
        'To the caecum; normal apart from diverticula.',
        'Haemorrhoids only.',
      ],
      asks: ['Polyp results will follow; next examination by their number.', 'No follow-up needed.'],
    },
    J183: {
      did: ['Four-port keyhole removal, no bile leak.', 'Gallbladder thick-walled but came away cleanly.'],
      asks: ['Glue needs no removal. No heavy lifting for two weeks.'],
    },
    K601: {
      did: ['Two-lead pacemaker on the left; leads well placed on X-ray.'],
      asks: ['Wound check at ten days, please. Pacing clinic in six weeks. No driving for a week.'],
    },
    L841: { did: ['Long vein treated by heat and tributaries removed.'], asks: ['Stocking for one week.'] },
    M459: {
      did: ['Bladder normal.', 'Small red patch; biopsy taken.'],
      asks: ['Drink plenty; blood in the urine for two days is usual.'],
    },
    P231: {
      did: ['Front wall repaired; catheter out next day.'],
      asks: ['No lifting for six weeks. Clinic in three months.'],
    },
    Q181: { did: ['Thin lining; biopsy taken.', 'Polyp removed.'], asks: ['Result by letter.'] },
    S065: {
      did: [
        'Removed with a 4mm margin and closed.',
        'Removed under local anaesthetic; sent to the laboratory.',
      ],
      asks: ['Stitches out in seven to ten days by the practice nurse, please. Result by letter.'],
    },
    T202: {
      did: ['Open mesh repair.', 'Keyhole mesh repair.'],
      asks: ['No heavy lifting for four weeks. Stitches dissolve.'],
    },
    W371: {
      did: [
        'Uncemented hip through a posterior approach; up the same day.',
        'Cemented hip; walking with two sticks by going home.',
      ],
      asks: ['Clips out at fourteen days, please. Blood-thinning tablets for 35 days. Clinic in six weeks.'],
    },
    W401: {
      did: ['Cemented knee; bending to 80 degrees by going home.', 'Knee replaced under spinal anaesthetic.'],
      asks: ['Clips out at fourteen days, please. Blood-thinning tablets for 14 days. Physiotherapy booked.'],
    },
  }
