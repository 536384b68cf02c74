import type { Area } from '../../shell/area';
import { t } from './messages';
import SignInPage from './SignInPage.vue';

export const area: Area = {
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: SignInPage,
      meta: { title: () => t('sign_in.title'), permission: 'public' },
    },
    {
      path: '/second-factor',
      name: 'second-factor',
      component: () => import('./SecondFactorPage.vue'),
      meta: { title: () => t('code.title'), permission: 'public' },
    },
    {
      path: '/invitation',
      name: 'invitation',
      component: () => import('./InvitationPage.vue'),
      meta: { title: () => t('invitation.title'), permission: 'public' },
    },
  ],
};
