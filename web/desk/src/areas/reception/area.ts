import type { Area } from '../../shell/area';
import { t } from './titles';

// A device that has been made a tablet opens without a session: it is offline, and its own PIN is the door. On any other the
// pages ask for the office's like every page. What the server is asked it answers to whoever is signed in.
// A browser that lets no page keep anything is none, and the page says why.
const onTablet = async () => (await import('./vault')).isSetUp().catch(() => false);

export const area: Area = {
  routes: [
    {
      path: '/reception',
      name: 'reception',
      component: () => import('./TodayPage.vue'),
      meta: { title: () => t('reception.title'), permission: 'reception:record', opensHere: onTablet },
    },
    {
      path: '/reception/sessions/:id',
      name: 'reception-record',
      component: () => import('./RecordPage.vue'),
      meta: { title: () => t('record.title'), permission: 'reception:record', opensHere: onTablet },
    },
    {
      path: '/reception/sessions/:id/notice',
      name: 'reception-notice',
      component: () => import('./NoticePage.vue'),
      meta: { title: () => t('notice.title'), permission: 'reception:record', opensHere: onTablet },
    },
    {
      path: '/reception/sync',
      name: 'reception-sync',
      component: () => import('./SyncPage.vue'),
      meta: { title: () => t('sync.title'), permission: 'reception:record', opensHere: onTablet },
    },
    {
      path: '/reception/papers/:kind(sheets|schedule|poster)',
      name: 'reception-papers',
      component: () => import('./PapersPage.vue'),
      meta: { title: () => t('papers.title'), permission: 'reception:record', opensHere: onTablet },
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
      group: 'intake',
      order: 22,
    },
    {
      route: 'reception-tablets',
      says: () => t('tablets.title'),
      permission: 'reception:record',
      group: 'intake',
      order: 24,
    },
  ],
};
