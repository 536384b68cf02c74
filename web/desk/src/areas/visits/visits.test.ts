// What somebody at the desk sees of a visit: the month, the queue with the one who is next, and a step that asks where it was posted.
import { afterEach, expect, test } from 'vitest';
import { language } from '../../i18n';
import { openTestDesk, settled, told } from '../../test_desk';
import { clerk, lineOfVisit, visitId as id, visitOf } from './test_visit';
import { where, windowBack, type VisitLine } from './visit';

const line = (state: string) => lineOfVisit(state, { taken: 2, free_to_book: 4, not_held: 1 });
const group = (number: number, state: string, more = {}) => ({
  id: `0193a000-0000-7000-8000-00000000010${number}`,
  number,
  state,
  way: 'page',
  people: 1,
  since: '2026-03-02T09:00:00.000+08:00',
  told: '2026-03-12T09:20:00.000+08:00',
  has_contact: true,
  recorded: false,
  case_id: null,
  receipt: null,
  ...more,
});
const visit = (state: string) =>
  visitOf(line(state), {
    next: 2,
    groups: [group(1, 'done', { recorded: true }), group(2, 'waiting')],
    needs: [{ need: 'step_free', groups: 1 }],
  });
const happened = (seq: number, kind: string, number: number | null) => ({
  seq,
  kind,
  at: '2026-03-02T09:00:00+08:00',
  role: 'clerk',
  unit: null,
  number,
  words: null,
});
const publish = {
  kind: 'published',
  basis: 'ours',
  hindered: null,
  with_postings: true,
  fields: [],
};
const server = (state: string, sent: unknown[] = [], steps: unknown[] = []) => ({
  'GET /api/v1/session': () => told(clerk),
  'GET /api/v1/visits': () =>
    told({
      visits: [line(state)],
      from: '2026-03-01',
      to: '2026-04-01',
      notice: { days: 5, first_day: '2026-03-07' },
    }),
  [`GET /api/v1/visits/${id}`]: () => told(visit(state)),
  [`GET /api/v1/visits/${id}/steps`]: () => told({ seq: 3, steps }),
  [`POST /api/v1/visits/${id}/next`]: () => {
    sent.push('next');
    return told({ group: group(2, 'called') });
  },
  [`POST /api/v1/visits/${id}/steps/published`]: async (request: Request) => {
    sent.push(await request.json());
    return told(visit('published'));
  },
});
const words = () => document.querySelector('main')?.textContent ?? '';
const press = (name: string) =>
  [...document.querySelectorAll<HTMLButtonElement>('button')].find((one) => one.textContent?.trim() === name);

test('a place that was only named is not said twice', () => {
  const at = (path: string, words: string) => where({ place: { code: '', path, words } } as VisitLine);
  expect(at('竹源镇 上溪村', '上溪村')).toBe('竹源镇 上溪村');
  expect(at('竹源镇 上溪村', '文化礼堂')).toBe('竹源镇 上溪村 文化礼堂');
  expect(at('竹源镇', '')).toBe('竹源镇');
});

afterEach(() => {
  document.body.innerHTML = '';
  language.value = 'zh-CN';
});

test('a month says who goes where, how full it is, and what was not held as announced', async () => {
  await openTestDesk(server('published'), '/visits?month=2026-03');
  expect(words()).toContain('县长 沈国平');
  expect(words()).toContain('竹源镇 文化礼堂');
  expect(words()).toContain('2 / 8 批');
  expect(words()).toContain('没有如期办 1 次');
  expect(words()).toContain('至少提前 5 天公布');
});

test('an empty month leads to the next visit', async () => {
  const answers = {
    ...server('published'),
    'GET /api/v1/visits': (request: Request) => {
      const from = new URL(request.url).searchParams.get('from');
      return told({
        visits: from === '2026-02-01' ? [line('published')] : [],
        from: '2026-01-01',
        to: '2026-02-01',
        notice: { days: 5, first_day: '2026-01-07' },
      });
    },
  };
  await openTestDesk(answers, '/visits?month=2026-01');
  await settled();
  expect(words()).toContain('这个月没有下访');
  const link = [...document.querySelectorAll('a')].find((one) => one.textContent?.startsWith('下一次'));
  expect(link?.getAttribute('href')).toContain('month=2026-03');
});

test('the next one is the number that the server names, and nobody can choose another', async () => {
  const sent: unknown[] = [];
  await openTestDesk(server('in_session', sent), `/visits/${id}`);
  expect(words()).toContain('先后没有乱过');
  expect(words()).toContain('无台阶 × 1');
  press('下一位：2 号')?.click();
  await settled();
  expect(sent).toEqual(['next']);
});

test('announcing asks where it was posted, in three ways from the start', async () => {
  const sent: unknown[] = [];
  await openTestDesk(server('planned', sent, [publish]), `/visits/${id}`);
  press('公布')?.click();
  await settled();
  for (const at of [0, 1, 2]) {
    for (const name of ['where', 'proof']) {
      const box = document.getElementById(`${name}-${at}`) as HTMLInputElement;
      box.value = `${name} ${at}`;
      box.dispatchEvent(new Event('input'));
    }
  }
  await settled();
  document.querySelector<HTMLFormElement>('.steps form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([
    {
      fields: {},
      expected_seq: 3,
      postings: [
        { channel: 'board', where: 'where 0', proof: 'proof 0' },
        { channel: 'broadcast', where: 'where 1', proof: 'proof 1' },
        { channel: 'web', where: 'where 2', proof: 'proof 2' },
      ],
    },
  ]);
});

test('the next one is called once, however often the answer is lost, and then another', async () => {
  const keys: string[] = [];
  let lost = 2;
  let seq = 7;
  const opened = () => ({ ...visit('in_session'), happenings: [happened(seq, 'opened', null)] });
  const key = (request: Request) => keys.push(request.headers.get('Idempotency-Key') ?? 'none');
  await openTestDesk(
    {
      ...server('in_session'),
      [`GET /api/v1/visits/${id}`]: () => told(opened()),
      [`POST /api/v1/visits/${id}/next`]: (request: Request) => {
        key(request);
        if (lost-- > 0) throw new TypeError('the line broke');
        seq += 1;
        return told({ group: group(2, 'called') });
      },
      [`POST /api/v1/visits/${id}/groups/${group(2, '').id}/steps/left`]: (request: Request) => {
        key(request);
        if (lost-- > 0) throw new TypeError('the line broke');
        seq += 1;
        return told(opened());
      },
    },
    `/visits/${id}`,
  );
  for (let pressed = 0; pressed < 4; pressed += 1) {
    press('下一位：2 号')?.click();
    await settled();
  }
  expect(keys).toHaveLength(4);
  expect(new Set(keys.slice(0, 3)).size).toBe(1); // lost, lost, answered
  expect(keys[0]).toMatch(/^[0-9a-f-]{32,36}$/);
  expect(keys[3]).not.toBe(keys[0]);
  keys.length = 0;
  lost = 1;
  const leaves = () =>
    document.querySelector<HTMLButtonElement>('.groups .waiting .buttons.small button')?.click();
  for (let pressed = 0; pressed < 2; pressed += 1) {
    leaves();
    await settled();
  }
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
});

const chosen = (id: string, name: string) => {
  const input = document.getElementById(id) as HTMLInputElement;
  const file = new File(['\xFF\xD8'], name, { type: 'image/jpeg' });
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
};
const typed = (id: string, value: string) => {
  const box = document.getElementById(id) as HTMLInputElement;
  box.value = value;
  box.dispatchEvent(new Event('input'));
};
const refused = (field: string, detail: string) =>
  told(
    { type: 'about:blank', title: 'x', status: 415, code: 'visits.photo_not_a_photo', detail, field },
    415,
  );

test('a photo of the board is proof, and one that is refused costs nothing else of the form', async () => {
  const sent: { step: unknown; files: string[] }[] = [];
  let good = false;
  await openTestDesk(
    {
      ...server('planned', [], [publish]),
      [`POST /api/v1/visits/${id}/steps/published/with_files`]: async (request: Request) => {
        const form = await request.formData();
        sent.push({
          step: JSON.parse(String(form.get('step'))),
          files: form.getAll('file').map((one) => (one as File).name),
        });
        return good ? told(visit('published')) : refused('file.1', '第 1 张不是照片');
      },
    },
    `/visits/${id}`,
  );
  press('公布')?.click();
  await settled();
  const camera = document.getElementById('photo-0') as HTMLInputElement;
  expect(camera.accept).toBe('image/*');
  expect(camera.getAttribute('capture')).toBe('environment');
  expect(words()).toContain('只拍公告栏，不拍人');
  expect(document.getElementById('photo-2')).toBeNull(); // a web page hangs nowhere
  for (const at of [0, 1, 2]) typed(`where-${at}`, `where ${at}`);
  for (const at of [0, 2]) typed(`proof-${at}`, `proof ${at}`);
  chosen('photo-1', 'board.jpg');
  await settled();
  expect((document.getElementById('proof-1') as HTMLInputElement).required).toBe(false);
  const submit = async () => {
    document.querySelector<HTMLFormElement>('.steps form')?.dispatchEvent(new Event('submit'));
    await settled();
  };
  await submit();
  const wrong = document.getElementById('photo-1-wrong');
  expect(wrong?.textContent).toBe('第 1 张不是照片');
  expect((document.getElementById('where-2') as HTMLInputElement).value).toBe('where 2');
  expect(document.querySelectorAll('.photo-chosen img')).toHaveLength(1);
  good = true;
  chosen('photo-1', 'better.jpg');
  await settled();
  await submit();
  expect(sent.map((one) => one.files)).toEqual([['board.jpg'], ['better.jpg']]);
  expect(sent[1]?.step).toEqual({
    fields: {},
    expected_seq: 3,
    postings: [
      { channel: 'board', where: 'where 0', proof: 'proof 0' },
      { channel: 'broadcast', where: 'where 1', proof: '', photo: 1 },
      { channel: 'web', where: 'where 2', proof: 'proof 2' },
    ],
  });
});

test('a photo with a person on it is taken off for a reason', async () => {
  const sha256 = 'a'.repeat(64);
  const shown = {
    ...visit('published'),
    postings: [
      {
        channel: 'board',
        where: '村口公告栏',
        proof: '',
        posted_on: '2026-03-02',
        photo: { sha256, path: `/visits/${id}/photos/${sha256}` },
        photo_replaced: null,
      },
    ],
  };
  const sent: unknown[] = [];
  await openTestDesk(
    {
      ...server(
        'published',
        [],
        [
          {
            kind: 'photo_replaced',
            basis: 'ours',
            hindered: null,
            with_postings: false,
            fields: [
              { name: 'photo', form: 'photo', required: true },
              { name: 'reason', form: 'text', required: true, longest: 200 },
            ],
          },
        ],
      ),
      [`GET /api/v1/visits/${id}`]: () => told(shown),
      [`POST /api/v1/visits/${id}/steps/photo_replaced`]: async (request: Request) => {
        sent.push(await request.json());
        return told({
          ...shown,
          postings: [{ ...shown.postings[0], photo: null, photo_replaced: '有人入镜' }],
        });
      },
    },
    `/visits/${id}`,
  );
  expect(document.querySelector('.postings img')?.getAttribute('src')).toContain(sha256);
  press('撤换照片')?.click();
  await settled();
  const choice = document.getElementById('photo') as HTMLSelectElement;
  choice.value = sha256;
  choice.dispatchEvent(new Event('change'));
  typed('reason', '有人入镜');
  await settled();
  document.querySelector<HTMLFormElement>('.steps form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([{ fields: { photo: sha256, reason: '有人入镜' }, expected_seq: 3 }]);
  expect(document.querySelector('.postings img')).toBeNull();
  expect(words()).toContain('原来的一张已经撤下，原因：有人入镜');
});

test('whoever booked before the day was moved is listed, until their telephone was looked at', async () => {
  const moved = {
    ...visit('published'),
    groups: [
      group(1, 'waiting'),
      group(2, 'waiting', { has_contact: false }),
      group(3, 'waiting'),
      group(4, 'waiting'),
    ],
    told_of_change: [
      { number: 1, state: 'not_reached' as const },
      { number: 4, state: 'told' as const },
    ],
    happenings: [
      happened(0, 'booked', 4),
      happened(1, 'booked', 1),
      happened(2, 'booked', 2),
      happened(3, 'rescheduled', null),
      happened(4, 'booked', 3),
    ],
  };
  const reasons: unknown[] = [];
  await openTestDesk(
    {
      ...server('published'),
      [`GET /api/v1/visits/${id}`]: () => told(moved),
      [`POST /api/v1/visits/${id}/groups/${group(1, '').id}/contact`]: async (request: Request) => {
        reasons.push(await request.json());
        moved.happenings.push(happened(5, 'contact_opened', 1));
        return told({ name: null, phone: '00001234567', needs: [], words: null });
      },
    },
    `/visits/${id}`,
  );
  const list = () => document.querySelector('.to-tell')?.textContent ?? '';
  expect(list()).toContain('还有 1 个号没有通知到');
  expect(list()).toContain('短信没有送达，请打电话');
  expect(list()).toContain('短信已发出');
  expect(list()).toContain('没有留联系方式');
  expect(list()).not.toContain('3 号'); // booked the new day
  document.querySelector<HTMLButtonElement>('.to-tell .contact button')?.click();
  await settled();
  document.querySelector<HTMLFormElement>('.to-tell form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(reasons).toEqual([{ reason: '打电话告诉对方：这一天改期或取消' }]);
  expect(list()).toContain('00001234567');
  expect(list()).toContain('都通知过了');
});

test('what a group said is tied to its case by number or words, not by an id', async () => {
  const sent: unknown[] = [];
  const line = { id: 'a case', number: 'MH-AAAA-BBBB-CCCC', headline: '水管漏水', place_name: '上溪村' };
  const speaking = { ...visit('in_session'), groups: [group(2, 'speaking')] };
  await openTestDesk(
    {
      ...server('in_session'),
      'GET /api/v1/session': () =>
        told({ ...clerk, permissions: [...clerk.permissions, 'queue:read', 'case:read', 'case:triage'] }),
      'GET /api/v1/queue': () =>
        told({
          part: 'dispatch',
          lines: [{ ...line, received_at: '2026-03-12T09:30:00+08:00' }],
          next_cursor: null,
        }),
      [`GET /api/v1/visits/${id}`]: () => told(speaking),
      [`POST /api/v1/visits/${id}/groups/${group(2, '').id}/steps/recorded`]: async (request: Request) => {
        sent.push(await request.json());
        return told(speaking);
      },
    },
    `/visits/${id}`,
  );
  const box = document.querySelector<HTMLInputElement>('.groups input[type=search]');
  if (box) box.value = '漏水';
  box?.dispatchEvent(new Event('input'));
  await settled();
  document.querySelector<HTMLButtonElement>('.choices button')?.click();
  await settled();
  expect(words()).toContain('MH-AAAA-BBBB-CCCC');
  document.querySelector<HTMLFormElement>('.groups form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([{ fields: { case: 'a case' } }]);
});

test('each figure says what was counted, and hides what stands on few people', async () => {
  await openTestDesk(
    {
      ...server('closed'),
      'GET /api/v1/session': () => told({ ...clerk, permissions: [...clerk.permissions, 'figures:read'] }),
      'GET /api/v1/visit_figures': (request: Request) => {
        expect(new URL(request.url).searchParams.get('from')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        return told({
          from: '2025-03-12',
          to: '2026-03-13',
          announced: 8,
          held: 5,
          held_by_substitute: 1,
          not_held: 2,
          shortest_notice: 5,
          median_notice: 9,
          heard: null,
          receipts_before_leaving: null,
          answered_by_due: { part: 9, whole: 12 },
          towns: 11,
          unseen_months: 12,
          unseen: [{ code: '339901103', name: '竹源镇', last: '2024-05-06' }],
        });
      },
    },
    '/visit-figures',
  );
  expect(words()).toContain('75%公布过 8 天：如期 5 天，同级的人代 1 天，没有如期办 2 天');
  expect(words()).toContain('改期的，原来那天算没有如期办');
  expect(words()).toContain('9 天最短的一次提前 5 天');
  expect(words()).toContain('不到 5 批');
  expect(words()).toContain('75%9 / 12 批');
  expect(words()).toContain('竹源镇 上次 2024年5月6日');
});

test('so many months back end on a day of that month, whatever day it is today', () => {
  expect(windowBack(3, new Date('2026-05-31T04:00:00Z'))).toEqual({ from: '2026-02-28', to: '2026-06-01' });
  expect(windowBack(12, new Date('2028-02-29T04:00:00Z'))).toEqual({ from: '2027-02-28', to: '2028-03-01' });
  // China's day has begun while it is still yesterday in Greenwich.
  expect(windowBack(24, new Date('2026-12-31T16:30:00Z'))).toEqual({ from: '2025-01-01', to: '2027-01-02' });
});

test('both languages say the same things', async () => {
  const chinese = (await import('./zh-CN.json')).default;
  const english = (await import('./en.json')).default;
  expect(Object.keys(english)).toEqual(Object.keys(chinese));
});
