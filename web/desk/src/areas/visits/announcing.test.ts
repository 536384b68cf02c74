// Announcing a visit: by when, and the poster that hangs before it and again when the day changed.
import { afterEach, expect, test } from 'vitest';
import { language } from '../../i18n';
import { openTestDesk, settled, told } from '../../test_desk';
import { clerk, lineOfVisit, visitId as id, visitOf } from './test_visit';

const visit = (state: string) => visitOf(lineOfVisit(state));
const server = (given: object) => ({
  'GET /api/v1/session': () => told(clerk),
  [`GET /api/v1/visits/${id}`]: () => told(given),
  [`GET /api/v1/visits/${id}/steps`]: () => told({ seq: 3, steps: [] }),
});
const words = () => document.querySelector('main')?.textContent ?? '';

afterEach(() => {
  document.body.innerHTML = '';
  language.value = 'zh-CN';
});

test('the poster can be printed before the visit is announced, and says what is still missing on it', async () => {
  await openTestDesk(server({ ...visit('planned'), accessibility: null }), `/visits/${id}`);
  const link = [...document.querySelectorAll('a')].find((one) => one.textContent?.includes('打印张贴的公告'));
  expect(link?.getAttribute('href')).toContain(`/visits/${id}/poster`);
  link?.click();
  await settled();
  await settled();
  const poster = document.querySelector('.poster')?.textContent ?? '';
  expect(poster).toContain('青溪县');
  expect(poster).toContain('2026年3月12日星期四 09:00–12:00');
  expect(poster).toContain('竹源镇 文化礼堂');
  expect(poster).toContain('沈国平 · 县长（分管县政府全面工作）');
  expect(document.querySelector('.poster .qr')).not.toBeNull();
  expect(words()).toContain('还没有填：怎么进门、谁来帮。');
});

test('the poster of a cancelled day says why, and what takes its place', async () => {
  const reason = '当天防汛。';
  const cancelled = {
    ...visit('cancelled'),
    not_held_days: [
      {
        announced: '2026-03-12T09:00:00.000+08:00',
        said_at: '2026-03-10T09:00:00.000+08:00',
        reason,
        instead: 'new_date',
      },
    ],
    instead: 'new_date',
    instead_begins: '2026-03-19T09:00:00.000+08:00',
  };
  await openTestDesk(server(cancelled), `/visits/${id}/poster`);
  const poster = document.querySelector('.poster')?.textContent ?? '';
  expect(poster).toContain('2026年3月12日星期四的接待取消了。原因：当天防汛。');
  expect(poster).toContain('改到2026年3月19日星期四。');
  expect(poster).not.toContain('谁都可以来');
});

test('the poster of a day that was moved says so above the new one', async () => {
  const announced = '2026-03-05T09:00:00.000+08:00';
  const moved = {
    ...visit('published'),
    not_held_days: [{ announced, said_at: announced, reason: '当天防汛。', instead: 'new_date' }],
  };
  await openTestDesk(server(moved), `/visits/${id}/poster`);
  const poster = document.querySelector('.poster')?.textContent ?? '';
  expect(poster).toContain('有变动：原定2026年3月5日星期四的安排改了，以这张为准。原因：当天防汛。');
  expect(poster).toContain('2026年3月12日星期四 09:00–12:00');
});

test('a list says how many days are left to announce a visit, and when it is too late', async () => {
  const on = (begins: string, more = {}) => ({
    ...visit('planned').line,
    id: begins,
    begins,
    ends: begins,
    ...more,
  });
  await openTestDesk(
    {
      ...server(visit('planned')),
      'GET /api/v1/visits': () =>
        told({
          visits: [
            on('2026-03-06T09:00:00.000+08:00'),
            on('2026-03-07T09:00:00.000+08:00'),
            on('2026-03-10T09:00:00.000+08:00'),
            on('2026-03-20T09:00:00.000+08:00'),
            on('2026-03-06T10:00:00.000+08:00', { form: 'field' }),
            on('2026-03-06T11:00:00.000+08:00', { state: 'published' }),
          ],
          from: '2026-03-01',
          to: '2026-04-01',
          notice: { days: 5, first_day: '2026-03-07' },
        }),
    },
    '/visits?month=2026-03',
  );
  const lines = [...document.querySelectorAll('.lines li')].map((one) => one.textContent ?? '');
  expect(lines[0]).toContain('还没有公布，已经来不及：先改日子，再公布');
  expect(lines[1]).toContain('还没有公布，今天是最后一天');
  expect(lines[2]).toContain('还没有公布，再过 3 天就来不及');
  for (const line of lines.slice(3)) expect(line).not.toContain('还没有公布');
});

test('nobody hangs up a poster of a visit that comes without notice', async () => {
  const field = visit('planned');
  field.line.form = 'field';
  await openTestDesk(server(field), `/visits/${id}`);
  expect(words()).not.toContain('打印张贴的公告');
});
