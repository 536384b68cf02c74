import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App as VueApp } from 'vue';
import { openTestDesk, settled, told, type Played } from '../../test_desk';
import { between, ofHundred, verdict, type Model } from './scores';

const account = {
  display_name: '管理员',
  role: 'admin',
  unit: null,
  permissions: ['session:own', 'units:manage'],
};
const model = (version: string, state: Model['state'], more: Partial<Model> = {}): Model => ({
  version: version.repeat(64),
  scheme: 'minhu',
  state,
  made_at: '2026-11-20T10:00:00.000+08:00',
  learnt: 2595,
  tried: 2595,
  accuracy: 0.912,
  macro_f1: 0.884,
  calibration_error: 0.021,
  accuracy_when_sure: 0.953,
  ...more,
});

let app: VueApp;
let asked: string[];
let models: Model[];
let server: Record<string, Played>;
beforeEach(() => {
  asked = [];
  models = [model('b', 'candidate'), model('a', 'in_use', { accuracy: 0.86 }), model('c', 'retired')];
  server = {
    'GET /api/v1/session': () => told(account),
    'GET /api/v1/admin/models': () => told({ models, cases: 2700 }),
  };
});
afterEach(() => app.unmount());
const open = async (path: string) => {
  app = await openTestDesk(server, path, asked);
  await settled();
};
const text = () => document.querySelector('main')?.textContent ?? '';
const press = async (says: string) => {
  [...document.querySelectorAll<HTMLElement>('main button, main a')]
    .find((each) => each.textContent?.includes(says))
    ?.click();
  await settled();
};

describe('the models', () => {
  it('say in plain words how well they do, and which one is used', async () => {
    await open('/house/models');
    expect(text()).toContain('一百件里分对 91 件（再换一批试，多半在 90 到 93 件之间）');
    expect(text()).toContain('正在用');
    expect(text()).toContain('为什么不自动换上');
    expect(text()).toContain('从 2,700 件里学一个');
    expect(text()).not.toContain('现在没有用模型');
  });

  it('say so while none is used, and when one was never tried', async () => {
    models = [model('b', 'candidate', { tried: 0 })];
    await open('/house/models');
    expect(text()).toContain('现在没有用模型');
    expect(text()).toContain('没有试过');
    expect(text()).not.toContain('一百件里');
  });

  it('are made while one waits; the outcome has the focus', async () => {
    let done: (answer: Response) => void = () => undefined;
    server['POST /api/v1/admin/models'] = () => new Promise((answer) => (done = answer));
    await open('/house/models');
    await press('从 2,700 件里学一个');
    expect(text()).toContain('正在学，过了 0 秒');
    await press('从 2,700 件里学一个'); // pressed twice it is made once
    expect(asked.filter((each) => each === 'POST /api/v1/admin/models')).toHaveLength(1);
    models = [model('d', 'candidate'), ...models];
    done(told(models[0], 201));
    await settled();
    await settled();
    expect(document.activeElement?.textContent).toContain('学好了，编号 dddddddd');
    expect(text()).not.toContain('正在学');
  });

  it('say when there was nothing new to learn, and why one could not be made', async () => {
    server['POST /api/v1/admin/models'] = () => told(models[0], 201);
    await open('/house/models');
    await press('从 2,700 件里学一个');
    expect(text()).toContain('学出来的和 bbbbbbbb 一样');
    server['POST /api/v1/admin/models'] = () =>
      told({ code: 'x', detail: '分好类的事太少，学不出来。' }, 409);
    await press('从 2,700 件里学一个');
    expect(document.activeElement?.textContent).toContain('分好类的事太少');
  });

  it('stand beside each other before one is used, with a page between that says what changes', async () => {
    server[`POST /api/v1/admin/models/${'b'.repeat(64)}/use`] = () => told({ ...models[0], state: 'in_use' });
    await open(`/house/models/${'b'.repeat(64)}`);
    expect(text()).toContain('分对的更多，不像是碰巧');
    expect(text()).toContain('一百件里分对 91.2 件');
    expect(text()).toContain('一百件里分对 86 件');
    await press('用这一个……');
    expect(text()).toContain('已经分好的类别一件也不改');
    expect(text()).toContain('原来的 aaaaaaaa 留着');
    expect(asked.some((each) => each.startsWith('POST'))).toBe(false);
    await press('换用这一个');
    expect(document.activeElement?.textContent).toContain('换好了。从现在起，建议由 bbbbbbbb 给出');
  });

  it('that were used before can be gone back to', async () => {
    await open('/house/models');
    await press('比一比，换回这个');
    await press('换回这一个……');
    expect(text()).toContain('换回模型 cccccccc？');
  });

  it('of another list of categories are not compared by their numbers', async () => {
    models = [model('b', 'candidate', { scheme: 'province' }), model('a', 'in_use')];
    await open(`/house/models/${'b'.repeat(64)}`);
    expect(text()).toContain('数字不能直接比');
  });

  it('that are not there say so', async () => {
    await open(`/house/models/${'e'.repeat(64)}`);
    expect(text()).toContain('没有这个编号的模型');
  });
});

describe('a score', () => {
  it('is told of a hundred, with what another batch would give', () => {
    expect(ofHundred(0.9123)).toBe(91.2);
    expect(between(0.9, 1000)).toEqual({ low: 87, high: 92 });
    expect(between(1, 10)).toEqual({ low: 72, high: 100 }); // never more than all of them
    expect(between(0.9, 0)).toBeNull();
  });
  it('is better only when the difference is more than chance', () => {
    const other = (accuracy: number, tried: number) => model('b', 'candidate', { accuracy, tried });
    const now = model('a', 'in_use', { accuracy: 0.9, tried: 1000 });
    expect(verdict(other(0.91, 1000), now)).toBe('no_difference');
    expect(verdict(other(0.94, 1000), now)).toBe('better');
    expect(verdict(other(0.86, 1000), now)).toBe('worse');
    expect(verdict(other(0.99, 0), now)).toBe('unknown');
  });
});
