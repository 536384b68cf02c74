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
  place_name: '上溪村',
  lead_unit: unit,
  reason: '同一个村，同一类',
  answered: false,
  answer: null,
};

let app: VueApp;
let asked: string[];
let sent: { path: string; key: string | null; body: Record<string, unknown> }[];
let server: Record<string, Played>;

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
  await new Promise((done) => setTimeout(done, 350));
  await settled();
}
const text = () => document.body.textContent ?? '';

beforeEach(async () => {
  asked = [];
  sent = [];
  server = {
    'GET /api/v1/session': () => told(account),
    'GET /api/v1/units': () => told({ units: [{ ...unit, kind: 'hotline_body', active: true }] }),
    'GET /api/v1/categories': () =>
      told({ categories: [{ code: 'minhu:01.02', parent: null, name: '市政' }] }),
    'GET /api/v1/similar': () => told({ similar: [known] }),
    'POST /api/v1/articles/search': () =>
      told({ category: { code: 'minhu:01.02', name: '市政', words: ['路灯'] }, articles: [] }),
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

  it('asks the colleague who dispatches to merge what the clerk may not merge', async () => {
    type('words', '路灯不亮');
    await untilSearched();
    document.querySelector<HTMLButtonElement>('.beside-list .line')?.click();
    await press('Enter', { ctrlKey: true });
    expect(sent.map((one) => one.path.split('/').pop())).toEqual(['cases', 'triaged', 'noted']);
    expect(JSON.stringify(sent[2]?.body)).toContain(known.number);
    expect(text()).toContain('请分派的同事并入');
  });

  it('goes on where it stopped, with the same keys, and shows the number meanwhile', async () => {
    type('words', '路灯不亮');
    await untilSearched();
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
