// For tests: a visit that the server could have told of, nobody booked for it yet; and who asks.
export const visitId = '0193a000-0000-7000-8000-000000000001';

export const clerk = {
  login: 'clerk',
  display_name: '窗口',
  acting_for: null,
  role: 'clerk',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'visit:read', 'visit:hold', 'visit:book', 'visit:contact', 'visit:publish'],
};

// In the list of a month.
export const lineOfVisit = (state: string, more = {}) => ({
  id: visitId,
  form: 'going_down',
  state,
  unit: { id: visitId, name: '县信访局' },
  leader_name: '沈国平',
  leader_post: '县长',
  place: { code: '339901101', path: '竹源镇', words: '文化礼堂' },
  topics: '用水',
  begins: '2026-03-12T09:00:00.000+08:00',
  ends: '2026-03-12T12:00:00.000+08:00',
  public: state !== 'planned',
  capacity: 8,
  taken: 0,
  free_to_book: 6,
  on_the_list: 0,
  not_held: 0,
  ...more,
});

// By itself, as whoever holds it reads it.
export const visitOf = (line: ReturnType<typeof lineOfVisit>, more = {}) => ({
  line,
  seq: 3,
  leader: { name: '沈国平', post: '县长', portfolio: '县政府全面工作', rank: 'county_head' },
  slot_minutes: 20,
  walk_in_quota: 2,
  waiting_places: 8,
  accessibility: '一楼',
  languages: null,
  published_at: null,
  postings: [],
  not_held_days: [],
  instead: null,
  instead_begins: null,
  instead_leader: null,
  report: null,
  contacts_destroyed: false,
  told_of_change: [],
  next: null,
  groups: [],
  needs: [],
  queue: { kept: true, found: [] },
  happenings: [],
  ...more,
});
