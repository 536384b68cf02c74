import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/supervision',
      name: 'supervision',
      component: () => import('./SupervisionPage.vue'),
      meta: { title: () => t('supervision.title'), permission: 'case:supervise' },
    },
    {
      path: '/supervision/cases/:id',
      name: 'supervised-case',
      component: () => import('./SupervisedCasePage.vue'),
      meta: { title: () => t('supervision.one'), permission: 'case:supervise' },
    },
    {
      path: '/supervision/recusals',
      name: 'recusals',
      component: () => import('./RecusalsPage.vue'),
      meta: { title: () => t('recusals.title'), permission: 'case:decide_recusal' },
    },
    {
      path: '/workload',
      name: 'workload',
      component: () => import('./WorkloadPage.vue'),
      meta: { title: () => t('workload.title'), permission: 'workload:read' },
    },
  ],
  nav: [
    {
      route: 'supervision',
      says: () => t('supervision.title'),
      permission: 'case:supervise',
      group: 'watch',
      order: 1,
      first: true,
    },
    {
      route: 'workload',
      says: () => t('workload.title'),
      permission: 'workload:read',
      group: 'watch',
      order: 2,
    },
    {
      route: 'recusals',
      says: () => t('recusals.title'),
      permission: 'case:decide_recusal',
      group: 'watch',
      order: 3,
    },
  ],
};
