"""A published post as the public sees it: in lists, in feeds, and as schema.org's JobPosting."""

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import format_datetime
from typing import Any, Final, cast
from urllib.parse import quote
from xml.etree import ElementTree  # nosec B405 - it writes a feed and reads none

from generated import responses
from generated.enums import PayPeriod, Workplace

SCHEMA_TYPES: Final = {
    "full_time": "FULL_TIME",
    "part_time": "PART_TIME",
    "contract": "CONTRACTOR",
    "temporary": "TEMPORARY",
    "internship": "INTERN",
    "apprenticeship": "OTHER",
    "volunteer": "VOLUNTEER",
}
UNITS: Final = {period.value: period.value.upper() for period in PayPeriod}
# ISO 4217: how many digits a currency has behind the point, where these are not two.
DIGITS: Final = dict.fromkeys(
    ("CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"), 0
) | dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
# What XML 1.0 cannot say.
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Site:
    """The public side of one organization."""

    def __init__(self, base_url: str, slug: str, name: str) -> None:
        self.slug = slug
        self.name = name
        self._root = f"{base_url.rstrip('/')}/api/v1/public/{quote(slug)}"
        self.url = f"{self._root}/posts"
        self.organization = responses.PublicOrganization(slug=slug, name=name)

    def tracking_url(self, token: str) -> str:
        """The address of a candidate's page."""
        return f"{self._root}/applications/{token}"

    def summary(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a post that a list shows."""
        names = ("id", "slug", "title", "department", "office", "location", "employment_type", "workplace", "language")
        shown = {name: row[name] for name in (*names, "published_at")}
        return {
            **shown,
            "url": f"{self.url}/{row['slug']}",
            "salary": row["salary"] if row["is_salary_shown"] else None,
        }

    def detail(self, row: Mapping[str, Any]) -> responses.PublicPostDetail:
        """One post, with its form (which does not tell what is flagged)."""
        names = responses.PublicQuestion.__struct_fields__
        questions = [
            responses.PublicQuestion(**{name: question[name] for name in names}) for question in row["questions"]
        ]
        return responses.PublicPostDetail(
            **self.summary(row),
            organization=self.organization,
            description=row["description"],
            questions=questions,
            job_posting=cast("responses.JobPosting", self.job_posting(row)),  # any JSON object
        )

    def job_posting(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The post as schema.org's JobPosting."""
        posting: dict[str, Any] = {
            "@context": "https://schema.org/",
            "@type": "JobPosting",
            "title": row["title"],
            "description": row["description"] or row["title"],
            "identifier": {"@type": "PropertyValue", "name": self.name, "value": str(row["id"])},
            "url": f"{self.url}/{row['slug']}",
            "datePosted": f"{row['published_at']:%Y-%m-%d}",
            "employmentType": SCHEMA_TYPES[row["employment_type"]],
            "hiringOrganization": {"@type": "Organization", "name": self.name},
            "inLanguage": row["language"],
        }
        place = row["location"] or row["office"]
        if place is not None:
            address = {"@type": "PostalAddress", "addressLocality": place}
            posting["jobLocation"] = {"@type": "Place", "address": address}
        if row["workplace"] == Workplace.REMOTE:
            posting["jobLocationType"] = "TELECOMMUTE"
        if row["is_salary_shown"] and row["salary"] is not None:
            posting["baseSalary"] = _base_salary(row["salary"])
        return posting

    def json_feed(self, rows: list[Any]) -> responses.JsonFeed:
        """The posts as JSON Feed 1.1."""
        return responses.JsonFeed(
            version="https://jsonfeed.org/version/1.1",
            title=f"Jobs at {self.name}",
            home_page_url=self.url,
            feed_url=f"{self.url}/feed.json",
            items=[self._item(row) for row in rows],
        )

    def rss(self, rows: list[Any]) -> bytes:
        """The posts as RSS 2.0."""
        root = ElementTree.Element("rss", version="2.0")
        channel = ElementTree.SubElement(root, "channel")
        _add(channel, "title", f"Jobs at {self.name}")
        _add(channel, "link", self.url)
        _add(channel, "description", f"Open positions at {self.name}")
        for item in (self._item(row) for row in rows):
            entry = ElementTree.SubElement(channel, "item")
            _add(entry, "title", item.title)
            _add(entry, "link", item.url)
            _add(entry, "guid", item.id)
            _add(entry, "pubDate", format_datetime(item.date_published.astimezone(UTC), usegmt=True))
            _add(entry, "description", item.content_html)
            for tag in item.tags:
                _add(entry, "category", tag)
        rendered: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return rendered

    def _item(self, row: Mapping[str, Any]) -> responses.FeedItem:
        url = f"{self.url}/{row['slug']}"
        return responses.FeedItem(
            id=url,
            url=url,
            title=row["title"],
            content_html=row["description"] or "",
            date_published=row["published_at"],
            date_modified=row["updated_at"],
            tags=[tag for tag in (row["department"], row["office"], row["location"]) if tag is not None],
        )


def _add(parent: ElementTree.Element, name: str, content: str) -> None:
    ElementTree.SubElement(parent, name).text = NOT_XML.sub("", content)


def _base_salary(salary: Mapping[str, Any]) -> dict[str, Any]:
    ends = {"minValue": salary["minimum"], "maxValue": salary["maximum"]}
    given = {name: money for name, money in ends.items() if money is not None}
    currency = next(iter(given.values()))["currency"]
    amounts = {name: money["amount_minor"] / 10 ** DIGITS.get(currency, 2) for name, money in given.items()}
    value = {"@type": "QuantitativeValue", "unitText": UNITS[salary["period"]], **amounts}
    return {"@type": "MonetaryAmount", "currency": currency, "value": value}
