/**
 * Pages of a shop, for frames in tests. `?body=` is the content of a page. `?without=` lists what its browser lacks, such as `URL.canParse`.
 *
 * @returns {import('@web/test-runner').Middleware}
 */
export function fakeShop() {
  return async (context, next) => {
    // The platform serves its script with this header too, so that a page without an origin can load it.
    context.set('Access-Control-Allow-Origin', '*');
    if (!context.path.startsWith('/shop/')) return next();
    context.type = 'html';
    const without = JSON.stringify(
      String(context.query.without ?? '')
        .split(',')
        .filter(Boolean),
    );
    context.body = `<!doctype html><html lang="en"><title>Shop</title><script>
      for (const path of ${without}) {
        const names = path.split('.');
        const last = names.pop();
        delete names.reduce((owner, name) => owner[name], window)[last];
      }
      if (${without}.includes('light-dark')) CSS.supports = () => false;
    </script><body>${context.query.body ?? ''}<script>
      window.noted = [];
      for (const name of ['signup-start', 'signup-success', 'signup-cancel', 'signup-error'])
        addEventListener(name, (event) => noted.push(event.detail?.code ? name + ' ' + event.detail.code : name));
    </script><script type="module" src="/widget/signup-with-platform.define.ts"></script>`;
  };
}
