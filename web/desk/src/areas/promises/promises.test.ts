// What somebody at the desk sees of promises and hand-overs, and that what is sent is what stood there.
import { afterEach, expect, test } from 'vitest';
import { language } from '../../i18n';
import { openTestDesk, settled, told } from '../../test_desk';

const leader = {
  login: 'leader',
  display_name: '领导',
  acting_for: null,
  role: 'leader',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'promise:read', 'promise:make', 'relay:read', 'relay:sign'],
};
const id = '0193a000-0000-7000-8000-000000000011';
const post = {
  id: '0193a000-0000-7000-8000-000000000012',
  title: '县长',
  unit: { id: '0193a000-0000-7000-8000-000000000013', name: '县人民政府' },
  holder: '沈国平',
  held_since: '2026-01-01T08:00:00+08:00',
  mine: true,
};
const promise = (more = {}) => ({
  id,
  state: 'reported',
  seq: 3,
  matter: '上溪村自来水',
  words: '六月底以前把加压泵装好，装不好我再来一次。',
  promised_on: '2026-03-02',
  due: '2026-06-30',
  first_due: '2026-06-30',
  overdue: true,
  sponsored: true,
  post,
  said_by: '沈国平，县长',
  unit: { id: '0193a000-0000-7000-8000-000000000014', name: '县水利局' },
  visit: null,
  case: '0193a000-0000-7000-8000-000000000015',
  place: { code: '339901101201', path: '竹源镇 上溪村' },
  due_changes: [
    { from: '2026-05-31', to: '2026-06-30', reason: '厂家延期', at: '2026-05-01T08:00:00+08:00' },
  ],
  reports: [
    {
      done: true,
      done_on: '2026-06-20',
      words: '泵装好了。',
      evidence: [{ id: '0193a000-0000-7000-8000-000000000016', media_type: 'image/jpeg', size: 9 }],
      at: '2026-06-21T08:00:00+08:00',
    },
  ],
  verification: null,
  verdict: { verdict: 'partly', way: 'page', words: null, at: '2026-06-22T08:00:00+08:00' },
  reason: null,
  publication: null,
  handed_over: 0,
  ...more,
});
const verified = {
  kind: 'verified',
  evidence: false,
  fields: [
    { name: 'proof', form: 'choice', required: true, choices: ['visit', 'call'], longest: 2000 },
    { name: 'reference', form: 'text', required: true, choices: [], longest: 40 },
    { name: 'finding', form: 'text', required: true, choices: [], longest: 500 },
  ],
};
const relayId = '0193a000-0000-7000-8000-000000000017';
const relay = (more = {}) => ({
  relay: {
    id: relayId,
    state: 'frozen',
    seq: 0,
    post,
    frozen_at: '2026-07-01T08:00:00+08:00',
    outgoing: '沈国平',
    incoming: '林秀英',
    items: 1,
    answered: 0,
    yours: 'incoming',
    signatures: [],
    called_off: null,
    ...more,
  },
  open: [] as string[],
  list_digest: 'a'.repeat(64),
  digest: 'b'.repeat(64),
  items: [
    {
      item: 1,
      kind: 'promise',
      subject: id,
      number: null,
      state: 'made',
      promised_on: '2026-03-02',
      due: '2026-06-30',
      matter: '上溪村自来水',
      words: '六月底以前把加压泵装好。',
      digest: 'c'.repeat(64),
      answer: null,
    },
  ],
});
const server = (sent: unknown[] = []) => ({
  'GET /api/v1/session': () => told(leader),
  'GET /api/v1/promises': () => told({ promises: [promise()] }),
  [`GET /api/v1/promises/${id}`]: () => told({ promise: promise(), steps: [verified] }),
  [`GET /api/v1/promises/${id}/proofs`]: () =>
    told({
      proofs: [
        {
          proof: 'visit',
          reference: 'a visit',
          at: '2026-06-25T09:00:00+08:00',
          leader: '县长 沈国平',
          place: '竹源镇 上溪村',
        },
      ],
    }),
  'GET /api/v1/posts': () => told({ posts: [post] }),
  'GET /api/v1/post_holders': () =>
    told({
      holders: [
        { id: 'the head', name: '林秀英', unit: { id: post.unit.id, name: '县水利局' } },
        { id: 'the leader', name: '沈国平', unit: post.unit },
      ],
    }),
  'POST /api/v1/relays': async (request: Request) => {
    sent.push(await request.json());
    return told(relay());
  },
  [`POST /api/v1/promises/${id}/steps/verified`]: async (request: Request) => {
    sent.push(await request.json());
    return told({ promise: promise({ state: 'verified' }), steps: [] });
  },
  [`GET /api/v1/relays/${relayId}`]: () => told(relay()),
  [`PUT /api/v1/relays/${relayId}/items/1`]: async (request: Request) => {
    sent.push(await request.json());
    return told(relay({ answered: 1 }));
  },
  [`POST /api/v1/relays/${relayId}/signature`]: async (request: Request) => {
    sent.push(await request.json());
    return told(relay({ answered: 1, state: 'half_signed' }));
  },
});
const words = () => document.querySelector('main')?.textContent ?? '';
const press = (name: string) =>
  [...document.querySelectorAll<HTMLButtonElement>('button')].find((one) =>
    one.textContent?.trim().startsWith(name),
  );
function type(name: string, text: string) {
  const box = document.getElementById(name) as HTMLInputElement;
  box.value = text;
  box.dispatchEvent(new Event('input'));
}

afterEach(() => {
  document.body.innerHTML = '';
  language.value = 'zh-CN';
});

test('the list says what was promised word for word, and that it is overdue', async () => {
  await openTestDesk(server(), '/promises');
  expect(words()).toContain('六月底以前把加压泵装好，装不好我再来一次。');
  expect(words()).toContain('已超期');
  expect(words()).toContain('包案');
  expect(words()).toContain('反映人说：兑现了一部分');
});

test('a promise shows report, photo and the reporter, and is verified by something on record', async () => {
  const sent: unknown[] = [];
  await openTestDesk(server(sent), `/promises/${id}`);
  expect(words()).toContain('泵装好了。');
  expect(document.querySelector('img')?.getAttribute('src')).toContain('/evidence/');
  expect(words()).toContain('还没有人核实');
  press('已核实')?.click();
  await settled();
  expect(words()).toContain('下访：2026年6月25日，县长 沈国平到竹源镇 上溪村');
  document.querySelector<HTMLInputElement>('input[value="a visit"]')?.click();
  type('verified-finding', '到现场看过。');
  await settled();
  document.querySelector<HTMLFormElement>('.steps form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([
    { fields: { proof: 'visit', reference: 'a visit', finding: '到现场看过。' }, expected_seq: 3 },
  ]);
  expect(words()).toContain('记下了：已核实。');
});

test('whoever opens a hand-over chooses the successor by name, and never who holds the post now', async () => {
  const sent: unknown[] = [];
  const watcher = { ...leader, permissions: [...leader.permissions, 'relay:freeze', 'post:read'] };
  await openTestDesk(
    {
      ...server(sent),
      'GET /api/v1/session': () => told(watcher),
      'GET /api/v1/relays': () => told({ relays: [] }),
    },
    '/relays',
  );
  const choose = (name: string, value: string) => {
    const box = document.getElementById(name) as HTMLSelectElement;
    box.value = value;
    box.dispatchEvent(new Event('change'));
  };
  choose('post', post.id);
  await settled();
  expect([...document.querySelectorAll('#incoming option')].map((one) => one.textContent?.trim())).toEqual([
    '请选',
    '林秀英',
  ]);
  choose('incoming', 'the head');
  await settled();
  document.querySelector<HTMLFormElement>('section form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([{ post: post.id, incoming: 'the head' }]);
});

test('the register of posts says who holds what, and that a hand-over changes it', async () => {
  await openTestDesk(
    {
      ...server(),
      'GET /api/v1/session': () => told({ ...leader, permissions: [...leader.permissions, 'post:read'] }),
    },
    '/posts',
  );
  expect(words()).toContain('县长');
  expect(words()).toContain('2026年1月1日起');
  expect(words()).toContain('双方签字以后自动换');
  expect(document.querySelector('form')).toBeNull();
});

test('a leader who sits in no unit can be chosen, under words that say so', async () => {
  await openTestDesk(
    {
      ...server(),
      'GET /api/v1/session': () =>
        told({ ...leader, permissions: [...leader.permissions, 'post:read', 'units:manage'] }),
      'GET /api/v1/units': () => told({ units: [] }),
      'GET /api/v1/post_holders': () => told({ holders: [{ id: 'the deputy', name: '周海', unit: null }] }),
    },
    '/posts',
  );
  expect(document.querySelector<HTMLOptGroupElement>('#holder optgroup')?.label).toBe('不在单位里');
  expect(document.querySelector('#holder optgroup')?.textContent?.trim()).toBe('周海');
});

test('the successor answers an item, and signs what stood there', async () => {
  const sent: unknown[] = [];
  await openTestDesk(server(sent), `/relays/${relayId}`);
  expect(words()).toContain('还没有答复');
  expect(words()).toContain('每一条都答复以后就可以签字');
  press('接着办')?.click();
  await settled();
  type('code', '123456');
  await settled();
  document.querySelector<HTMLFormElement>('section form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([
    { change: 'none', due: null, reason: null },
    { digest: 'b'.repeat(64), code: '123456' },
  ]);
});

test('whose second factor the provider gives goes there once more before signing', async () => {
  const sent: unknown[] = [];
  await openTestDesk(
    {
      ...server(sent),
      'GET /api/v1/session': () => told({ ...leader, proves_by: 'provider' }),
      'GET /api/v1/session/ways': () =>
        told({ provider: { display_name: '政务统一身份认证', address: '/session/openid' } }),
      [`GET /api/v1/relays/${relayId}`]: () => told(relay({ answered: 1 })),
    },
    `/relays/${relayId}`,
  );
  expect(document.getElementById('code')).toBeNull();
  const leads = [...document.querySelectorAll('a')].find((one) =>
    one.textContent?.includes('重新验证身份（政务统一身份认证）'),
  );
  expect(leads?.getAttribute('href')).toBe(`/session/openid?anew=1&next=%2Fdesk%2Frelays%2F${relayId}`);
  document.querySelector<HTMLFormElement>('section form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([{ digest: 'b'.repeat(64), code: null }]);
});

test('an office signs in the absence of whoever is gone, and the hand-over says so', async () => {
  const sent: unknown[] = [];
  const watcher = { ...leader, permissions: [...leader.permissions, 'relay:freeze'] };
  const byAnOffice = { office: '县信访局', reason: '原任已调离', at: '2026-07-03T08:00:00+08:00' };
  const absent = { ...relay({ answered: 1, yours: null }), open: ['signature_in_absence'] };
  await openTestDesk(
    {
      ...server(),
      'GET /api/v1/session': () => told(watcher),
      [`GET /api/v1/relays/${relayId}`]: () => told(absent),
      [`POST /api/v1/relays/${relayId}/signature_in_absence`]: async (request: Request) => {
        sent.push(await request.json());
        const signature = { side: 'outgoing', second_factor: 'given', at: byAnOffice.at };
        return told(
          relay({
            answered: 1,
            yours: null,
            state: 'half_signed',
            signatures: [{ ...signature, in_absence: byAnOffice }],
          }),
        );
      },
    },
    `/relays/${relayId}`,
  );
  expect(words()).toContain('沈国平已经不能签字');
  expect(words()).not.toContain('撤掉这份交接');
  type('absence-reason', '原任已调离');
  type('absence-code', '123456');
  await settled();
  document.querySelector<HTMLFormElement>('section form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([{ digest: 'b'.repeat(64), reason: '原任已调离', code: '123456' }]);
  expect(words()).toContain('2026年7月3日由县信访局代签，本人没有签字。原因：原任已调离');
  expect(document.querySelector('section form')).toBeNull();
});

test('a hand-over to somebody who is gone is called off', async () => {
  const sent: unknown[] = [];
  const byAnOffice = { office: '县督查室', reason: '另有任用', at: '2026-07-03T08:00:00+08:00' };
  await openTestDesk(
    {
      ...server(),
      [`GET /api/v1/relays/${relayId}`]: () => told({ ...relay({ yours: null }), open: ['calling_off'] }),
      [`POST /api/v1/relays/${relayId}/calling_off`]: async (request: Request) => {
        sent.push(await request.json());
        return told(relay({ yours: 'outgoing', state: 'called_off', called_off: byAnOffice }));
      },
    },
    `/relays/${relayId}`,
  );
  type('ending-reason', '另有任用');
  await settled();
  document.querySelector<HTMLFormElement>('section form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([{ reason: '另有任用' }]);
  expect(words()).toContain('2026年7月3日，县督查室撤掉了这份交接');
  expect(words()).not.toContain('每一条都答复以后就可以签字');
});

test('both languages say the same things', async () => {
  const chinese = (await import('./zh-CN.json')).default;
  const english = (await import('./en.json')).default;
  expect(Object.keys(english)).toEqual(Object.keys(chinese));
});
