import type { Area } from '../../shell/area';
import { t } from './titles';

const permission = 'health:read';

export const area: Area = {
  routes: [
    {
      path: '/house/health',
      name: 'health',
      component: () => import('./HealthPage.vue'),
      meta: { title: () => t('health.title'), permission },
    },
  ],
  nav: [{ route: 'health', says: () => t('health.title'), permission, group: 'house', order: 60 }],
};
