import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/accusations',
      name: 'accusations',
      component: () => import('./ReportsPage.vue'),
      meta: { title: () => t('accusations.title'), permission: 'accusation:handle' },
    },
    {
      path: '/accusations/:report',
      name: 'accusation',
      component: () => import('./ReportPage.vue'),
      meta: { title: () => t('accusations.title'), permission: 'accusation:handle' },
    },
    {
      path: '/accusation-handlers',
      name: 'accusation-handlers',
      component: () => import('./HandlersPage.vue'),
      meta: { title: () => t('accusations.handlers'), permission: 'accusation_handlers:manage' },
    },
  ],
  nav: [
    {
      route: 'accusations',
      says: () => t('accusations.title'),
      permission: 'accusation:handle',
      group: 'work',
      order: 90,
    },
    {
      route: 'accusation-handlers',
      says: () => t('accusations.handlers'),
      permission: 'accusation_handlers:manage',
      group: 'house',
      order: 15,
    },
  ],
};
