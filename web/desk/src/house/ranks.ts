// The ranks of leaders as the server names them, lowest first: whoever comes instead has no lower one.
export const ranks = [
  'town_deputy',
  'town_head',
  'department_deputy',
  'department_head',
  'county_deputy',
  'county_head',
  'city_deputy',
  'city_head',
  'province_deputy',
  'province_head',
] as const;
