"""Amazon Ads: reports of Sponsored Products through the reporting API, version 3."""
