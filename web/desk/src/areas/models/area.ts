import type { Area } from '../../shell/area';
import { t } from './titles';

const permission = 'units:manage';

export const area: Area = {
  routes: [
    {
      path: '/house/models',
      name: 'models',
      component: () => import('./ModelsPage.vue'),
      meta: { title: () => t('models.title'), permission },
    },
    {
      path: '/house/models/:version',
      name: 'model',
      component: () => import('./ComparePage.vue'),
      meta: { title: () => t('models.compare'), permission },
    },
    {
      path: '/house/models/:version/use',
      name: 'use-model',
      component: () => import('./UseModelPage.vue'),
      meta: { title: () => t('models.use_title'), permission },
    },
  ],
  nav: [{ route: 'models', says: () => t('models.nav'), permission, group: 'house', order: 25 }],
};
