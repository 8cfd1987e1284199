# The AWS resources of tests/bench/synthetic with BENCH_KIND=aws. No account is asked: every check of the credentials is off.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "groups" {
  type    = number
  default = 100
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

resource "aws_vpc" "main" {
  count                = var.groups
  cidr_block           = "10.${count.index % 250}.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "vpc-${count.index}" }
}

resource "aws_subnet" "main" {
  count      = var.groups
  vpc_id     = aws_vpc.main[count.index].id
  cidr_block = "10.${count.index % 250}.0.0/24"
}

resource "aws_security_group" "main" {
  count       = var.groups
  description = "Nodes of group ${count.index}"
  vpc_id      = aws_vpc.main[count.index].id
}
