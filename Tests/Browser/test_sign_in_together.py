"""An office behind one address signs in at eight o'clock."""

from concurrent.futures import ThreadPoolExecutor

from harness.api import Api


def test_eight_colleagues_sign_in_at_the_same_moment_behind_one_address(deployment):
    accounts = [account for account in deployment.accounts if account.role.startswith("officer-")][:8]
    assert len(accounts) == 8

    def sign_in(account) -> int:
        with Api(deployment.url) as api:
            return api.post(
                "/api/v1/sessions", json={"name": account.username, "password": account.password}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(sign_in, accounts)) == [201] * 8
        # And once more, now that some of them have mistyped.
        wrong = [type(account)(account.username, "Wrong-Horse-7", account.name, account.role) for account in accounts]
        assert list(pool.map(sign_in, wrong)) == [401] * 8
        assert list(pool.map(sign_in, accounts)) == [201] * 8
