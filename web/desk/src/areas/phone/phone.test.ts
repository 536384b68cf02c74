import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App as VueApp } from 'vue';
import { groupsOf, lasting, phoneInGroups } from '../../intake/spoken';
import { openTestDesk, settled, told, type Played } from '../../test_desk';

const unit = { id: '00000000-0000-0000-0000-000000000001', name: '热线中心' };
const account = {
  display_name: '接线岗',
  role: 'clerk',
  unit,
  permissions: ['session:own', 'case:receive', 'case:triage', 'case:note'],
};
const receipt = {
  id: '00000000-0000-0000-0000-000000000009',
  number: 'MH-7K2Q-94XD-AB23',
  activation_code: '1234 5678 9012 3456 7890 1234',
  received_at: '2026-11-25T10:00:00.000+08:00',
  repeated: false,
};
const known = {
  id: '00000000-0000-0000-0000-000000000005',
  number: 'MH-2345-6789-ABCD',
  state: 'accepted',
  place_name: '上溪村',
  lead_unit: unit,
  score: 82,
  words: ['路灯', '桥头'],
  same_text: false,
  same_issue: true,
  reason: '同一个村，同一类',
  answered: false,
  answer: null,
};
const bureau = { id: '00000000-0000-0000-0000-000000000007', name: '县城管局' };
const nothingRead = {
  unsure: true,
  categories: [],
  model: 'abc',
  similar: [],
  complained_of: [],
  ready: 100,
};
const wordsRead = {
  ...nothingRead,
  unsure: false,
  categories: [
    { code: 'minhu:01.02', name: '市政', confidence: 83, because_of: ['路灯'], against: ['电费'] },
  ],
  similar: [known, { ...known, id: null, number: null, words: [] }],
};

let app: VueApp;
let asked: string[];
let sent: { path: string; key: string | null; body: Record<string, unknown> }[];
let server: Record<string, Played>;
let bodies: Record<string, unknown>[]; // of what was to be read

const keeping =
  (answer: () => Response): Played =>
  async (request) => {
    sent.push({
      path: new URL(request.url).pathname,
      key: request.headers.get('Idempotency-Key'),
      body: (await request.json()) as Record<string, unknown>,
    });
    return answer();
  };
const steps = (kind: string) => `POST /api/v1/cases/${receipt.id}/steps/${kind}`;

function type(id: string, value: string) {
  const field = document.getElementById(id) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('input'));
}
async function press(key: string, init: KeyboardEventInit = {}) {
  document
    .getElementById('words')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
  await settled();
}
async function untilSearched() {
  await new Promise((done) => setTimeout(done, 450));
  await settled();
}
const text = () => document.body.textContent ?? '';

beforeEach(async () => {
  asked = [];
  sent = [];
  bodies = [];
  server = {
    'GET /api/v1/session': () => told(account),
    'GET /api/v1/units': () => told({ units: [{ ...unit, kind: 'hotline_body', active: true }] }),
    'GET /api/v1/categories': () =>
      told({ categories: [{ code: 'minhu:01.02', parent: null, name: '市政' }] }),
    'POST /api/v1/matters/read': async (request) => {
      bodies.push((await request.json()) as Record<string, unknown>);
      return told(wordsRead);
    },
    'POST /api/v1/articles/search': () => told({ category: null, articles: [] }),
    'POST /api/v1/office/cases': keeping(() => told(receipt, 201)),
    [steps('triaged')]: keeping(() => told({})),
    [steps('noted')]: keeping(() => told({})),
    [steps('merged')]: keeping(() => told({})),
  };
  app = await openTestDesk(server, '/phone', asked);
  await settled();
  await settled();
});
afterEach(() => app.unmount());

describe('the phone desk', () => {
  it('keeps a call on the track of the clerk’s own unit and gives the number', async () => {
    type('words', '路灯不亮');
    await press('Enter', { ctrlKey: true });
    expect(sent[0]?.body).toMatchObject({
      channel: 'phone',
      track: 'hotline',
      text: '路灯不亮',
      may_be_called: false,
    });
    expect(text()).toContain('7K2Q');
    expect(text()).toContain('K（昆明的昆）');
  });

  it('waits with a call until the track of the clerk’s own unit is known', async () => {
    app.unmount();
    let answer: (units: Response) => void = () => undefined;
    server['GET /api/v1/units'] = () => new Promise((done) => (answer = done));
    app = await openTestDesk(server, '/phone', asked);
    type('words', '路灯不亮');
    await press('Enter', { ctrlKey: true });
    expect(sent).toEqual([]);
    answer(told({ units: [{ ...unit, kind: 'petition_office', active: true }] }));
    await settled();
    await settled();
    expect(sent.map(({ body }) => body['track'])).toEqual(['petition']);
  });

  it('keeps that the caller was told what name and number are for', async () => {
    type('words', '路灯不亮');
    type('phone', '13900000000');
    await settled();
    const told = [...document.querySelectorAll('label.check')].find((one) =>
      one.textContent?.includes('只用来办这件事'),
    );
    told?.querySelector('input')?.click();
    await press('Enter', { ctrlKey: true });
    expect(sent[0]?.body).toMatchObject({ notice_given: true });
  });

  it('asks the colleague who dispatches to merge what the clerk may not merge', async () => {
    type('words', '路灯不亮');
    await untilSearched();
    document.querySelector<HTMLButtonElement>('.suggested button')?.click();
    document.querySelector<HTMLButtonElement>('.beside-list .line')?.click();
    await press('Enter', { ctrlKey: true });
    expect(sent.map((one) => one.path.split('/').pop())).toEqual(['cases', 'triaged', 'noted']);
    expect(JSON.stringify(sent[2]?.body)).toContain(known.number);
    expect(text()).toContain('请分派的同事并入');
  });

  it('goes on where it stopped, with the same keys, and shows the number meanwhile', async () => {
    type('words', '路灯不亮');
    await untilSearched();
    document.querySelector<HTMLButtonElement>('.suggested button')?.click();
    const works = server[steps('triaged')] as Played;
    let down = true;
    server[steps('triaged')] = async (request) => {
      const answer = await works(request);
      if (down) throw new TypeError('no network');
      return answer;
    };
    await press('Enter', { ctrlKey: true });
    expect(text()).toContain('7K2Q');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('后面一步没有办成');
    down = false;
    document.querySelector<HTMLButtonElement>('[role=alert] button')?.click();
    await settled();
    expect(document.querySelector('[role=alert]')).toBeNull();
    expect(sent.map((one) => one.path.split('/').pop())).toEqual(['cases', 'triaged', 'triaged']);
    expect(sent[1]?.key).toBe(sent[2]?.key);
  });

  it('what is changed before it is sent again is another thing under another key', async () => {
    const works = server['POST /api/v1/office/cases'] as Played;
    let down = true;
    server['POST /api/v1/office/cases'] = async (request) => {
      const answer = await works(request);
      if (down) throw new TypeError('no network');
      return answer;
    };
    type('words', '路灯不亮');
    await press('Enter', { ctrlKey: true });
    await press('Enter', { ctrlKey: true });
    expect(sent[0]?.key).toBe(sent[1]?.key);
    down = false;
    type('words', '路灯不亮，井盖也没了');
    await press('Enter', { ctrlKey: true });
    expect(sent[2]?.key).not.toBe(sent[1]?.key);
  });

  it('shows what a matter like it shares with the words, and says how much in words', async () => {
    type('words', '桥头的路灯不亮');
    await untilSearched();
    expect(text()).toContain('很像');
    expect(text()).toContain('都提到：路灯、桥头');
    expect(text()).toContain('像是同一件事');
    expect(document.querySelectorAll('.beside-list .line')).toHaveLength(1); // what is not ours to read is left out
  });

  it('says why it sounds like a category, and chooses none by itself', async () => {
    type('words', '路灯不亮');
    await untilSearched();
    const field = document.getElementById('category') as HTMLSelectElement;
    expect(field.value).toBe('');
    expect(text()).toContain('八成把握，这样的建议一百次里对 83 次');
    expect(text()).toContain('说到：路灯');
    expect(text()).toContain('不像的地方：电费');
    document.querySelector<HTMLButtonElement>('.suggested button')?.click();
    await settled();
    expect(field.value).toBe('minhu:01.02');
    await press('Enter', { ctrlKey: true });
    expect(sent[1]?.body).toMatchObject({ fields: { category: 'minhu:01.02' } });
  });

  it('reads along after a pause, and what was typed since is what counts', async () => {
    let answerFirst: (answer: Response) => void = () => undefined;
    server['POST /api/v1/matters/read'] = async (request) => {
      const body = (await request.json()) as { text: string };
      bodies.push(body);
      if (bodies.length === 1) return new Promise((done) => (answerFirst = done));
      return told({ ...nothingRead, unsure: false, categories: wordsRead.categories });
    };
    type('words', '路');
    type('words', '路灯');
    await untilSearched();
    type('words', '路灯不亮');
    await untilSearched();
    answerFirst(told({ ...nothingRead, categories: [{ ...wordsRead.categories[0], name: '旧的' }] }));
    await settled();
    expect(bodies.map((body) => body['text'])).toEqual(['路灯', '路灯不亮']);
    expect(text()).toContain('市政');
    expect(text()).not.toContain('旧的');
  });

  it('waits with reading until the input method has written its word', async () => {
    document.getElementById('words')?.dispatchEvent(new Event('compositionstart', { bubbles: true }));
    type('words', 'ludeng');
    await untilSearched();
    expect(bodies).toEqual([]);
    document.getElementById('words')?.dispatchEvent(new Event('compositionend', { bubbles: true }));
    type('words', '路灯');
    await untilSearched();
    expect(bodies.map((body) => body['text'])).toEqual(['路灯']);
  });

  it('notes units that the words complain of, one a step, when the clerk says so', async () => {
    const found = [bureau, { ...unit, id: '00000000-0000-0000-0000-000000000008', name: '县水务局' }].map(
      (each) => ({
        said: each.name,
        because_of: '推来推去',
        unit: each,
        certain: each === bureau,
      }),
    );
    server['POST /api/v1/matters/read'] = () => told({ ...nothingRead, complained_of: found });
    type('words', '城管局和水务局推来推去');
    await untilSearched();
    expect(text()).toContain('“县城管局”，因为说了“推来推去”');
    expect(text()).toContain('这个单位和它的下级都看不到这件事');
    expect(text()).toContain('也可能是请它来办');
    for (const button of document.querySelectorAll<HTMLButtonElement>('.complained button')) button.click();
    await settled();
    await press('Enter', { ctrlKey: true });
    expect(sent.map((one) => one.body['fields'])).toEqual([
      undefined,
      { complained_of: bureau.id, urgency: 'ordinary' },
      { complained_of: '00000000-0000-0000-0000-000000000008' },
    ]);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(3);
  });

  it('takes words in all the same when reading does not work, and says so', async () => {
    delete server['POST /api/v1/matters/read'];
    type('words', '路灯不亮');
    await untilSearched();
    expect(text()).toContain('现在读不了，不影响记事');
    await press('Enter', { ctrlKey: true });
    expect(text()).toContain('7K2Q');
  });

  it('says that matters may be missing while the server is still reading the county’s', async () => {
    server['POST /api/v1/matters/read'] = () => told({ ...nothingRead, ready: 40 });
    type('words', '路灯不亮');
    await untilSearched();
    expect(text()).toContain('重读了 40%');
  });

  it('asks nobody when nothing was said, and says so', async () => {
    await press('Enter', { ctrlKey: true });
    expect(sent).toEqual([]);
    expect(text()).toContain('还没有记来电说了什么');
  });

  it('leaves the keys of the input method alone', async () => {
    type('words', '路灯不亮');
    await press('Enter', { ctrlKey: true, isComposing: true });
    expect(sent).toEqual([]);
  });

  it('offers no answer and no joining for an accusation', async () => {
    type('words', '村里的账有问题');
    const accusation = document.querySelector<HTMLInputElement>('input[value=accusation]');
    accusation?.click();
    await settled();
    expect(document.querySelector('.beside-part')).toBeNull();
    await untilSearched();
    expect(bodies).toEqual([]); // not one word of it is read
    await press('Enter', { ctrlKey: true });
    expect(sent.map((one) => one.body['track'])).toEqual(['accusation']);
    expect(text()).toContain('已经封存');
  });
});

describe('what is said aloud', () => {
  it('goes in groups, digits as on the telephone and letters by a name', () => {
    expect(groupsOf('MH-7K21', 'zh-CN')).toEqual([
      { shown: 'MH', said: 'M（梅花的梅），H（湖南的湖）' },
      { shown: '7K21', said: '七，K（昆明的昆），二，幺' },
    ]);
    expect(groupsOf('1200 34', 'zh-CN').map((group) => group.said)).toEqual(['幺二零零', '三四']);
    expect(groupsOf('7K', 'en')[0]?.said).toBe('7, K (Kilo)');
  });
  it('shows a number as it is dialled, and a time as it passes', () => {
    expect(phoneInGroups('13800001234')).toBe('138 0000 1234');
    expect(phoneInGroups('000-8000-0001')).toBe('000-8000-0001');
    expect(lasting(65_000)).toBe('1:05');
  });
});
