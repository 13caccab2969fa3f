"""Files by URL: on somebody else's word, and therefore never from an address that only this machine can reach.

Every hop of a redirect is looked up and checked, and the connection goes to the very address that was
checked, so a name that resolves differently the second time gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import unquote

import httpx

from ..errors import InvalidInput, MediaError, UnsupportedFile
from . import formats
from .formats import base_name

MAX_HOPS = 5
MAX_SECONDS = 280  # for all files of a request; whoever asked for them gives up after 300
ALLOW = "NEMO_NB_ALLOW_ADDRESSES"  # addresses, with commas: tests serve their files on loopback

_LOCAL = tuple(
    map(ipaddress.ip_network, ("64:ff9b:1::/48", "5f00::/16", "100::/64"))
)  # of NAT64 and its like
_WRAPPING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))


@asynccontextmanager
async def open_url(url: str) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    """The file's name and its bytes as a stream.

    InvalidInput for an address that must not be fetched or doesn't answer with a file, FileTooLarge when
    the server says that it is, UnsupportedFile when neither name nor type is one of ours.
    """
    limits = httpx.Timeout(30, connect=10)
    async with httpx.AsyncClient(timeout=limits, follow_redirects=False, trust_env=False) as client:
        for _ in range(MAX_HOPS + 1):
            request = await _request(client, url)
            try:
                response = await client.send(request, stream=True)
            except httpx.HTTPError as error:
                raise _unreachable(url, type(error).__name__) from None
            try:
                if response.has_redirect_location:
                    url = _joined(url, response.headers["location"])
                    continue
                if response.status_code != 200:
                    raise _unreachable(url, f"HTTP {response.status_code}")
                if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
                    raise _unreachable(url, "it comes packed")  # a kB or two may become gigabytes
                name = _name(url, response)
                length = response.headers.get("content-length", "")
                if length.isdigit() and int(length) > formats.HERE.max_bytes:
                    formats.check(name, int(length), b"?")
                yield name, _bytes(url, response)
                return
            finally:
                await response.aclose()
    raise _unreachable(url, f"more than {MAX_HOPS} redirects")


def _joined(url: str, location: str) -> str:
    try:
        return str(httpx.URL(url).join(location))
    except httpx.InvalidURL:
        raise _unreachable(url, "it redirects to what is no URL") from None


async def _request(client: httpx.AsyncClient, url: str) -> httpx.Request:
    """A request to the address that was checked, with the name kept for Host and for TLS."""
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL:
        raise _refused(url, "is not a URL") from None
    if target.scheme not in ("http", "https") or not target.host:
        raise _refused(url, "is neither http nor https")
    address = await _public_address(url, target)
    return client.build_request(
        "GET",
        target.copy_with(host=address, username=None, password=None),
        headers={
            "Host": target.netloc.decode("ascii").rpartition("@")[2],
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        },
        extensions={"sni_hostname": target.host},
    )


async def _public_address(url: str, target: httpx.URL) -> str:
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _unreachable(url, "its host is not known") from None
    addresses = [str(item[4][0]) for item in found]
    allowed = os.environ.get(ALLOW, "").split(",")
    for address in addresses:
        if address not in allowed and not _is_public(address):
            raise _refused(url, "leads to a private or local address")
    return addresses[0]


def _is_public(address: str) -> bool:
    """Whether an address is anybody's to reach. Those that wrap an IPv4 address are judged by what they wrap."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if any(ip in network for network in _WRAPPING):
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped:
            return _is_public(str(wrapped))
        if ip.is_site_local or any(ip in network for network in _LOCAL):
            return False
    return ip.is_global and not ip.is_multicast


async def _bytes(url: str, response: httpx.Response) -> AsyncIterator[bytes]:
    try:
        async for chunk in response.aiter_raw():
            yield chunk
    except httpx.HTTPError as error:
        raise _unreachable(url, f"the download broke off ({type(error).__name__})") from None


def _name(url: str, response: httpx.Response) -> str:
    """From Content-Disposition, else the path, with an extension from the type where it has none of ours."""
    disposition = re.search(r'filename="?([^";]+)"?', response.headers.get("content-disposition", ""))
    name = base_name(disposition[1] if disposition else unquote(httpx.URL(url).path.rpartition("/")[2]))
    try:
        formats.kind_of(name)
    except UnsupportedFile:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in formats.EXTENSION_OF_TYPE:
            raise
        name += formats.EXTENSION_OF_TYPE[kind]
    return name


def _shown(url: str) -> str:
    """The host alone: a path or query may be a signed, secret one."""
    return re.sub(r"^(\w+://)?([^/@]*@)?([^/?#]*).*$", r"\3", url)[:100] or "the URL"


def _refused(url: str, why: str) -> MediaError | InvalidInput:
    return InvalidInput(
        f"{_shown(url)!r} {why}.", next_step="Download the file and upload it from this machine."
    )


def _unreachable(url: str, why: str) -> InvalidInput:
    return InvalidInput(f"Nothing could be fetched from {_shown(url)!r}: {why}.", next_step="Check the URL.")
