"""QiZhen (企诊): offline on-site diagnosis of small and medium enterprises."""

__version__ = "0.1.0"
