import type { Area } from '../../shell/area';
import { t } from './titles';

export const area: Area = {
  routes: [
    {
      path: '/plans',
      name: 'plans',
      component: () => import('./PlanPage.vue'),
      meta: { title: () => t('plans.title'), permission: 'plan:read' },
    },
    {
      path: '/investigations',
      name: 'investigations',
      component: () => import('./InvestigationsPage.vue'),
      meta: { title: () => t('plans.investigations'), permission: 'plan:read' },
    },
    {
      path: '/investigations/new',
      name: 'new-investigation',
      component: () => import('./NewInvestigationPage.vue'),
      meta: { title: () => t('plans.new_investigation'), permission: 'plan:investigate' },
    },
    {
      path: '/investigations/:id',
      name: 'investigation',
      component: () => import('./InvestigationPage.vue'),
      meta: { title: () => t('plans.investigation'), permission: 'plan:read' },
    },
  ],
  nav: [
    { route: 'plans', says: () => t('plans.title'), permission: 'plan:read', group: 'beyond', order: 40 },
    {
      route: 'investigations',
      says: () => t('plans.investigations'),
      permission: 'plan:read',
      group: 'beyond',
      order: 50,
    },
  ],
};
