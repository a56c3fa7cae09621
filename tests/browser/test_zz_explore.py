import time, pytest
from tests.browser.conftest import *
from tests.conftest import *
from tests.browser.test_finder import *
for k in [k for k in dir() if k.startswith('test_')]: globals().pop(k)
@pytest.mark.parametrize("wait",[0,1,3])
def test_x(browser_page, wait):
    page=browser_page
    page.set_viewport_size(DESK)
    editor = get_user_model().objects.create_user("editor", "editor@example.org", "a long secret",is_superuser=True)
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long secret")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    t0=time.time()
    page.on("request", lambda r: print(f"{time.time()-t0:.2f}", r.method, r.url) if '/static/' not in r.url else None)
    page.on("response", lambda r: print(f"   {time.time()-t0:.2f}", r.status, r.url) if '/static/' not in r.url else None)
    page.on("console", lambda m: print('console',m.text))
    page.goto("/admin/snippets/drugs/drug/")
    page.get_by_role("main").get_by_role("link", name="Enhertu", exact=True).click()
    page.wait_for_url("**/edit/**"); print('url', time.time()-t0)
    page.wait_for_timeout(wait*1000)
    page.locator("#id_summary").fill("A summary that an editor wrote."); print('filled',time.time()-t0)
    page.wait_for_timeout(5000)
    page.get_by_role("tab", name="Uses").click()
    page.locator("#id_indications-0-for_whom").fill("adults whom"); print('filled2',time.time()-t0)
    page.wait_for_timeout(5000)
