import type { Area } from '../../shell/area';
import { t } from './titles';

// Open without a session: a tablet is offline, and its own PIN is the door. What the server is asked it answers to whoever
// is signed in.
export const area: Area = {
  routes: [
    {
      path: '/reception',
      name: 'reception',
      component: () => import('./TodayPage.vue'),
      meta: { title: () => t('reception.title'), permission: 'public' },
    },
    {
      path: '/reception/sessions/:id',
      name: 'reception-record',
      component: () => import('./RecordPage.vue'),
      meta: { title: () => t('record.title'), permission: 'public' },
    },
    {
      path: '/reception/sessions/:id/notice',
      name: 'reception-notice',
      component: () => import('./NoticePage.vue'),
      meta: { title: () => t('notice.title'), permission: 'public' },
    },
    {
      path: '/reception/sync',
      name: 'reception-sync',
      component: () => import('./SyncPage.vue'),
      meta: { title: () => t('sync.title'), permission: 'public' },
    },
    {
      path: '/reception/papers/:kind(sheets|schedule|poster)',
      name: 'reception-papers',
      component: () => import('./PapersPage.vue'),
      meta: { title: () => t('papers.title'), permission: 'public' },
    },
    {
      path: '/reception-tablets',
      name: 'reception-tablets',
      component: () => import('./TabletsPage.vue'),
      meta: { title: () => t('tablets.title'), permission: 'reception:record' },
    },
  ],
  nav: [
    {
      route: 'reception',
      says: () => t('reception.title'),
      permission: 'reception:record',
      group: 'work',
      order: 22,
    },
    {
      route: 'reception-tablets',
      says: () => t('tablets.title'),
      permission: 'reception:record',
      group: 'work',
      order: 23,
    },
  ],
};
