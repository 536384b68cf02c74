import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App as VueApp } from 'vue';
import { speak } from '../../i18n';
import { openTestDesk, settled, told, type Played } from '../../test_desk';

const id = '00000000-0000-0000-0000-00000000000a';
const alike = '00000000-0000-0000-0000-00000000000b';
const answered = '00000000-0000-0000-0000-00000000000c';
const unit = { id: '00000000-0000-0000-0000-000000000001', name: '热线中心' };
const bureau = { id: '00000000-0000-0000-0000-000000000007', name: '县城管局' };
const account = {
  display_name: '分派岗',
  role: 'dispatcher',
  unit,
  permissions: [
    'session:own',
    'case:read',
    'case:triage',
    'case:route',
    'case:merge',
    'class:read',
    'class:link',
  ],
};
const file = {
  id,
  number: 'MH-7K2Q-94XD-AB23',
  track: 'petition',
  channel: 'web',
  state: 'registered',
  seq: 3,
  received_at: '2026-11-25T10:00:00.000+08:00',
  changed_at: '2026-11-25T10:00:00.000+08:00',
  place: { code: null, path: '', name: '' },
  category: null,
  urgency: 'ordinary',
  dispatching_unit: unit,
  lead_unit: null,
  review_unit: null,
  co_units: [],
  outcome: null,
  returned: 0,
  reopened: 0,
  urged: 0,
  erased: false,
  words: { text: '村口污水管破了', title: null, place_words: null, added: [], attachments: [], joined: [] },
  clocks: [],
  timeline: [],
  left: { count: 2, unit: 'days', over: false, tone: 'calm' },
  headline: '村口污水管破了',
  voice_only: false,
  designated: false,
  joint_conference: false,
  complained_of: [] as (typeof unit)[],
  supervised_units: [],
  recommended_units: [],
  extension_asked: null,
  joined: [],
  may: [],
  may_ask_for_phone: false,
};
const one = {
  id: alike,
  number: 'MH-2345-6789-ABCD',
  state: 'accepted',
  received_at: '2026-11-20T10:00:00.000+08:00',
  place_name: '上溪村',
  lead_unit: bureau,
  near: 'same_village',
  score: 92,
  words: ['污水管', '井盖'],
  same_text: true,
  same_issue: true,
  reason: '同一个村',
  answered: false,
  answer: null as string | null,
};
const read = {
  unsure: false,
  categories: [
    { code: 'minhu:01.02', name: '生活污水', confidence: 97, because_of: ['污水管'], against: [] },
    { code: 'minhu:01.03', name: '道路', confidence: 8, because_of: [], against: ['污水管'] },
  ],
  model: 'abc',
  similar: [],
  complained_of: [{ said: '城管', because_of: '不管', unit: bureau, certain: true }],
  ready: 100,
};
const field = (name: string, form: string) => ({ name, form, required: false });
const sorting = {
  kind: 'triaged',
  basis: '',
  fields: [field('category', 'category'), field('complained_of', 'unit'), field('not_complained_of', 'unit')],
};
const merging = { kind: 'merged', basis: '', fields: [{ ...field('into', 'other_case'), required: true }] };
const sending = { kind: 'transferred', basis: '', fields: [{ ...field('unit', 'unit'), required: true }] };

let app: VueApp;
let asked: string[];
let bodies: Record<string, unknown>[];
let server: Record<string, Played>;
const keeping: Played = async (request) => {
  bodies.push((await request.json()) as Record<string, unknown>);
  return told({});
};

beforeEach(() => {
  asked = [];
  bodies = [];
  server = {
    'GET /api/v1/session': () => told(account),
    'GET /api/v1/units': () =>
      told({
        units: [unit, bureau].map((each) => ({ ...each, kind: 'county_unit', parent: null, active: true })),
      }),
    'GET /api/v1/categories': () =>
      told({
        categories: [
          { code: 'minhu:01.02', parent: null, name: '生活污水' },
          { code: 'minhu:01.03', parent: null, name: '道路' },
        ],
      }),
    [`GET /api/v1/cases/${id}`]: () => told(file),
    [`GET /api/v1/cases/${id}/steps`]: () => told({ steps: [sorting, merging] }),
    [`GET /api/v1/cases/${id}/texts`]: () => told({ texts: [] }),
    [`GET /api/v1/cases/${id}/similar`]: () => told({ similar: [one] }),
    [`GET /api/v1/cases/${id}/reading`]: () => told(read),
    [`POST /api/v1/cases/${id}/not_similar`]: async (request) => {
      bodies.push((await request.json()) as Record<string, unknown>);
      return new Response(null, { status: 204 });
    },
    [`POST /api/v1/cases/${id}/steps/triaged`]: keeping,
  };
});
afterEach(() => {
  app.unmount();
  speak('zh-CN');
});

async function openCase() {
  app = await openTestDesk(server, `/cases/${id}`, asked);
  await settled();
  await settled();
}
const side = () => document.querySelector<HTMLElement>('.pane.side');
const sideText = () => side()?.textContent ?? '';
const caseText = () => document.querySelector('.pane.case')?.textContent ?? '';
const button = (within: string, says: string) =>
  [...document.querySelectorAll<HTMLButtonElement>(`${within} button`)].find((each) =>
    each.textContent?.includes(says),
  );

describe('matters like this one', () => {
  it('say how much they agree in words, and in what', async () => {
    await openCase();
    expect(side()?.querySelector('.says')?.textContent).toBe('很像');
    expect(side()?.querySelector<HTMLElement>('.bar span')?.style.width).toBe('100%');
    expect(sideText()).not.toContain('92'); // no number stands for how much
    expect(sideText()).toContain('都提到：污水管、井盖');
    expect(sideText()).toContain('像是同一件事');
    expect(sideText()).toContain('文字几乎一样');
    expect(sideText()).toContain('办理中');
    expect(sideText()).not.toContain('没有比过');
  });

  it('that nobody compared by their words say so', async () => {
    server[`GET /api/v1/cases/${id}/similar`] = () =>
      told({ similar: [{ ...one, score: 0, words: [], same_text: false, same_issue: false }] });
    await openCase();
    expect(sideText()).toContain('只看了类别和地点，没有比过原话');
    expect(sideText()).toContain('过几分钟再打开就比过了');
    expect(side()?.querySelector('.bar')).toBeNull();
  });

  it('are close or only of the same kind when they agree less', async () => {
    server[`GET /api/v1/cases/${id}/similar`] = () =>
      told({ similar: [45, 44, 25, 24].map((score) => ({ ...one, id: `${score}`, score })) });
    await openCase();
    const says = [...(side()?.querySelectorAll('.says') ?? [])].map((each) => each.textContent);
    expect(says).toEqual(['很像', '相近', '相近', '只是同类']);
  });

  it('that are not ours to read offer nothing and tell nothing', async () => {
    server[`GET /api/v1/cases/${id}/similar`] = () =>
      told({ similar: [{ ...one, id: null, number: null, words: [] }] });
    await openCase();
    expect(sideText()).toContain('这一件您看不到内容');
    expect(side()?.querySelectorAll('button, a')).toHaveLength(0);
  });

  it('are merged by their button or by m where the focus is, and asked for by m elsewhere', async () => {
    await openCase();
    expect(button('.side', '同一件，并入')).toBeDefined();
    side()?.querySelector<HTMLElement>('[data-joins] a')?.focus();
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'm', bubbles: true }));
    await settled();
    expect(document.querySelector('.more form.step')).not.toBeNull();
    expect(document.getElementById('merged-into')).toBeNull(); // which one is known already
  });

  it('are not merged into one that has its answer; that answer can be read', async () => {
    server[`GET /api/v1/cases/${id}/similar`] = () =>
      told({ similar: [{ ...one, id: answered, state: 'closed', answered: true, answer: '已换新管。' }] });
    await openCase();
    expect(button('.side', '同一件，并入')).toBeUndefined();
    expect(sideText()).toContain('上次怎么答的');
    expect(sideText()).toContain('已换新管。');
  });

  it('go from the list when somebody says that they have nothing to do with each other', async () => {
    await openCase();
    button('.side', '不相关')?.click();
    await settled();
    expect(bodies).toEqual([{ other: alike }]);
    expect(sideText()).toContain('以后不再列出来');
    expect(side()?.querySelectorAll('.card')).toHaveLength(0);
    expect(document.activeElement?.tagName).toBe('H2');
  });
});

describe('a class of matters', () => {
  const sewers = {
    id: '00000000-0000-0000-0000-0000000000c1',
    number: '2026-014',
    title: '老旧污水管',
    lead_unit: bureau,
    cases: 11,
  };
  const roads = {
    ...sewers,
    id: '00000000-0000-0000-0000-0000000000c2',
    number: '2026-003',
    title: '农村道路',
  };
  const at = (to: typeof sewers, of: string) => `/api/v1/classes/${to.id}/cases/${of}`;
  const classOf = (of: string, now: typeof sewers | null, proposed: (typeof sewers)[] = []) => {
    server[`GET /api/v1/cases/${of}/class`] = () => told({ class: now, proposed });
  };
  const radio = (says: string) =>
    [...document.querySelectorAll<HTMLLabelElement>('.sheet label')].find((each) =>
      each.textContent?.includes(says),
    );
  beforeEach(() => {
    server['GET /api/v1/classes'] = () => told({ classes: [sewers, roads], next_cursor: null });
    for (const to of [sewers, roads]) {
      for (const of of [id, alike]) server[`PUT ${at(to, of)}`] = () => told({ class: to, proposed: [] });
    }
    server[`DELETE ${at(sewers, id)}`] = () => told({ class: null, proposed: [sewers] });
  });

  it('takes this case and the one beside it at one choice, by the key l', async () => {
    classOf(id, null, [roads]);
    classOf(alike, null, [sewers]);
    server[`PUT ${at(sewers, alike)}`] = () => told({ class: { ...sewers, cases: 12 }, proposed: [] });
    await openCase();
    side()?.querySelector<HTMLElement>('[data-alike] a')?.focus();
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', bubbles: true }));
    await settled();
    await settled();
    expect(document.querySelector('.sheet')?.textContent).toContain('自己的期限、承办单位和答复都不变');
    radio('老旧污水管')?.querySelector('input')?.click();
    await settled();
    button('.sheet', '归入')?.click();
    await settled();
    expect(asked.filter((each) => each.startsWith('PUT'))).toEqual([
      `PUT ${at(sewers, id)}`,
      `PUT ${at(sewers, alike)}`,
    ]);
    expect(document.querySelector('.sheet')).toBeNull();
    expect(sideText()).toContain('归好了：老旧污水管');
    expect(sideText()).toContain('12 件'); // with both of them in it
    expect(sideText()).toContain('已经归入：');
  });

  it('that the one beside is in stands first and chosen', async () => {
    classOf(id, null, [roads]);
    classOf(alike, sewers);
    await openCase();
    button('.side .card', '归入一类')?.click();
    await settled();
    await settled();
    expect(radio('那一件就在这一类')?.querySelector('input')?.checked).toBe(true);
    button('.sheet', '归入')?.click();
    await settled();
    expect(asked.filter((each) => each.startsWith('PUT'))).toEqual([`PUT ${at(sewers, id)}`]);
  });

  it('can be another one, found by its name; nothing is sent without a choice', async () => {
    classOf(id, null);
    await openCase();
    button('.side .class', '归入一类')?.click();
    await settled();
    await settled();
    button('.sheet', '归入')?.click();
    await settled();
    expect(document.activeElement?.textContent).toContain('请先选一类');
    radio('别的类')?.querySelector('input')?.click();
    await settled();
    const box = document.getElementById('another-class') as HTMLInputElement;
    box.value = '道路';
    box.dispatchEvent(new Event('input'));
    await settled();
    document.querySelector<HTMLElement>('.sheet [role=option]')?.click();
    await settled();
    button('.sheet', '归入')?.click();
    await settled();
    expect(asked.filter((each) => each.startsWith('PUT'))).toEqual([`PUT ${at(roads, id)}`]);
  });

  it('says which of the two was refused, and why', async () => {
    classOf(id, null, [sewers]);
    classOf(alike, null);
    server[`PUT ${at(sewers, alike)}`] = () => told({ code: 'x', detail: '这一件不能计数。' }, 409);
    await openCase();
    button('.side .card', '归入一类')?.click();
    await settled();
    await settled();
    radio('老旧污水管')?.querySelector('input')?.click();
    await settled();
    button('.sheet', '归入')?.click();
    await settled();
    expect(sideText()).toContain('这一件归好了，那一件没有：这一件不能计数。');
  });

  it('is left again, and two different ones are not mixed', async () => {
    classOf(id, sewers);
    classOf(alike, roads);
    await openCase();
    button('.side .card', '归入一类')?.click();
    await settled();
    await settled();
    expect(document.querySelector('.sheet')?.textContent).toContain('两件在不同的类');
    button('.sheet', '关闭')?.click();
    await settled();
    button('.side .class', '移出这一类')?.click();
    await settled();
    expect(sideText()).toContain('还没有归入哪一类');
  });

  it('is not offered where it cannot be used', async () => {
    await openCase(); // the server knows no classes
    expect(button('.side', '归入一类')).toBeUndefined();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', bubbles: true }));
    await settled();
    expect(caseText()).toContain('归类现在用不了');
  });
});

describe('sorting a case', () => {
  it('shows what it sounds like and why, and chooses nothing by itself', async () => {
    await openCase();
    expect(caseText()).toContain('九成以上把握，这样的建议一百次里对 97 次');
    expect(caseText()).toContain('不到一成把握');
    // There are no words in it that anybody would be sent.
    expect(document.querySelector('.step .reader')?.textContent).toBe('这一步反映人在自己的页面上看得到。');
    const category = document.getElementById('triaged-category') as HTMLInputElement;
    expect(category.value).toBe('');
    button('.suggested', '生活污水')?.click();
    await settled();
    expect(category.value).toBe('生活污水');
    document.querySelector<HTMLFormElement>('.next form')?.requestSubmit();
    await settled();
    expect(bodies[0]).toMatchObject({ fields: { category: 'minhu:01.02' } });
  });

  it('says so when it is not sure, or when the words tell nothing', async () => {
    server[`GET /api/v1/cases/${id}/reading`] = () => told({ ...read, unsure: true });
    await openCase();
    expect(caseText()).toContain('拿不准是哪一类');
    app.unmount();
    server[`GET /api/v1/cases/${id}/reading`] = () => told({ ...read, model: null, categories: [] });
    await openCase();
    expect(caseText()).toContain('看不出是哪一类');
    expect(caseText()).toContain('没有启用模型');
    app.unmount();
    server[`GET /api/v1/cases/${id}/reading`] = () => told({ ...read, model: null });
    await openCase();
    expect(caseText()).toContain('说到：污水管');
    expect(caseText()).not.toContain('把握'); // nobody has measured it
  });

  it('puts the unit complained of into its field at one press, and says why that matters', async () => {
    await openCase();
    expect(caseText()).toContain('“城管”，因为说了“不管”');
    expect(caseText()).toContain('这个单位和它的下级都看不到这件事');
    button('.complained', '填上县城管局')?.click();
    await settled();
    expect((document.getElementById('triaged-complained_of') as HTMLInputElement).value).toBe('县城管局');
    expect(button('.complained', '已经填上县城管局')?.getAttribute('aria-pressed')).toBe('true');
  });

  it('names the unit alone where no single word makes it the one complained of', async () => {
    server[`GET /api/v1/cases/${id}/reading`] = () =>
      told({ ...read, complained_of: [{ ...read.complained_of[0], because_of: '' }] });
    await openCase();
    expect(document.querySelector('.complained')?.textContent).toContain('“城管”');
    expect(document.querySelector('.complained')?.textContent).not.toContain('因为说了');
  });

  it('offers no unit that is noted already, and the case says who does not see it', async () => {
    server[`GET /api/v1/cases/${id}`] = () => told({ ...file, complained_of: [bureau] });
    await openCase();
    expect(caseText()).toContain('县城管局已经记过');
    expect(button('.complained', '填上')).toBeUndefined();
    expect(document.querySelector('.facts')?.textContent).toContain('它和下级看不到这件事');
  });

  it('leaves a case out of what models learn from, and takes that back', async () => {
    const nothing = () => new Response(null, { status: 204 });
    server[`PUT /api/v1/cases/${id}/not_learnt`] = nothing;
    server[`DELETE /api/v1/cases/${id}/not_learnt`] = nothing;
    await openCase();
    button('.learn', '别让模型从这件学')?.click();
    await settled();
    expect(caseText()).toContain('以后学出来的模型里没有这件');
    button('.learn', '还是让它学')?.click();
    await settled();
    expect(caseText()).toContain('以后可以从这件学');
    expect(asked.filter((each) => each.endsWith('not_learnt'))).toHaveLength(2);
  });

  it('works as ever when nothing can be read', async () => {
    server[`GET /api/v1/cases/${id}/reading`] = () => told({ code: 'x', detail: '读不了' }, 500);
    await openCase();
    expect(document.getElementById('triaged-category')).not.toBeNull();
    expect(document.querySelector('.suggested')).toBeNull();
  });
});

describe('sending a case', () => {
  it('asks for the unit complained of first, while it is not noted', async () => {
    server[`GET /api/v1/cases/${id}`] = () => told({ ...file, state: 'triaged' });
    server[`GET /api/v1/cases/${id}/steps`] = () => told({ steps: [sorting, sending] });
    await openCase();
    expect(caseText()).toContain('派出以前，先记下被反映的单位');
    button('.next', '去记下')?.click();
    await settled();
    await settled();
    expect(document.getElementById('triaged-complained_of')).not.toBeNull();
  });

  it('says nothing of it once it is noted', async () => {
    server[`GET /api/v1/cases/${id}`] = () => told({ ...file, state: 'triaged', complained_of: [bureau] });
    server[`GET /api/v1/cases/${id}/steps`] = () => told({ steps: [sorting, sending] });
    await openCase();
    expect(caseText()).not.toContain('派出以前');
  });
});
